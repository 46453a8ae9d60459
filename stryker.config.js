/** `npm run test:mutation`: breaks src in many small ways, and tells which of them no test notices. */
module.exports = {
  testRunner: 'jest',
  jest: {
    config: {
      ...require('./jest.config.js'),
      testTimeout: 10_000,
      testSequencer: '<rootDir>/scripts/mutation/quickest-first.js',
      testEnvironment: require.resolve('./scripts/mutation/first-failure.js'),
      // Those that run src; the fault schedules take too long to be run for each mutant.
      testPathIgnorePatterns: ['/node_modules/', '/__tests__/(page|dev|sandbox|scripts)/', '/__tests__/faults']
    }
  },
  mutate: ['src/**/*.ts', '!src/**/generated-types.ts'],
  coverageAnalysis: 'perTest',
  // Static ones, in tables and texts that are read when a module is loaded, would each run every test.
  ignoreStatic: true,
  timeoutMS: 10_000,
  disableTypeChecks: 'src/**/*.ts',
  incremental: true,
  incrementalFile: 'coverage/mutation.json',
  reporters: ['clear-text', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation.html' },
  tempDirName: 'coverage/stryker'
}
