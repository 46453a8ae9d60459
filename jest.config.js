/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testTimeout: 60_000,
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Needs the npm registry: `npm run test:pack`.
  testPathIgnorePatterns: ['/node_modules/', '/pack\\.test\\.ts$'],
  transform: { '^.+\\.ts$': 'ts-jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/']
}
