/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 60_000,
  // On 2 cores, Jest would use only one.
  maxWorkers: 2,
  testSequencer: '<rootDir>/scripts/tests/longest-first.js',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Needs the npm registry: `npm run test:pack`.
  testPathIgnorePatterns: ['/node_modules/', '/pack\\.test\\.ts$'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/coverage/'],
  // `npm run coverage`: a branch that no test reaches is either tested or gone.
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'html'],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } }
}
