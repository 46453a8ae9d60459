const destination = require('./jest.config.js').projects[0]

/** `npm run test:mutation`: breaks src in many small ways, and tells which of them no test notices. */
module.exports = {
  testRunner: 'jest',
  jest: {
    config: {
      ...destination,
      // The folder that Stryker works in: a copy of this one.
      rootDir: undefined,
      maxWorkers: 2,
      testTimeout: 10_000,
      testSequencer: '<rootDir>/scripts/mutation/quickest-first.js',
      testEnvironment: require.resolve('./scripts/mutation/environment.js'),
      // The tests that run src, except those that take too long for each mutant.
      testPathIgnorePatterns: [
        '/node_modules/',
        '/__tests__/(scripts|rehearsal|real-events|faults|budgets|bad-input|new-visitors|setup-check)\\b'
      ]
    }
  },
  mutate: ['src/**/*.ts', '!src/**/generated-types.ts'],
  // Most strings are messages, labels and names.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  // All tests once, on a machine that does something else, too.
  dryRunTimeoutMinutes: 30,
  // Each static mutant, in a table or text that is read when a module loads, would run every test.
  ignoreStatic: true,
  timeoutMS: 60_000,
  // Each test file leaves memory behind, until collecting it takes longer than the tests.
  maxTestRunnerReuse: 8,
  disableTypeChecks: 'src/**/*.ts',
  incremental: true,
  incrementalFile: 'coverage/mutation.json',
  reporters: ['clear-text', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation.html' },
  tempDirName: 'coverage/stryker'
}
