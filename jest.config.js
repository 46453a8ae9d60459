const packageConfig = require('./scripts/tests/package-config.js')

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 60_000,
  // On 2 cores, Jest would use only one.
  maxWorkers: 2,
  testSequencer: '<rootDir>/scripts/tests/longest-first.js',
  projects: [
    {
      ...packageConfig('destination', __dirname),
      // Needs the npm registry: `npm run test:pack`.
      testPathIgnorePatterns: ['/node_modules/', '/pack\\.test\\.ts$']
    },
    // The tests that are exported with the browser packages. Segment's web libraries are the real ones.
    {
      ...packageConfig('browser', `${__dirname}/browser`),
      testMatch: ['<rootDir>/*/src/**/__tests__/*.test.ts'],
      testEnvironment: 'jsdom'
    },
    '<rootDir>/sandbox',
    '<rootDir>/tester'
  ],
  // `npm run coverage`: a branch that no test reaches is either tested or gone.
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text', 'html'],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } }
}
