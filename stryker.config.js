const [destination, browser] = require('./jest.config.js').projects

const TESTS = {
  src: {
    ...destination,
    testSequencer: '<rootDir>/scripts/mutation/quickest-first.js',
    testEnvironment: require.resolve('./scripts/mutation/environment.js'),
    // The tests that run src, except those that take too long for each mutant.
    testPathIgnorePatterns: [
      '/node_modules/',
      '/__tests__/(scripts|rehearsal|real-events|faults|budgets|bad-input|new-visitors|setup-check)\\b'
    ]
  },
  browser: { ...browser, testMatch: ['<rootDir>/browser/*/src/**/__tests__/*.test.ts'] }
}

/** For `npm run test:mutation` (scripts/mutation/run.js), which says what is broken: src or browser. */
module.exports = {
  testRunner: 'jest',
  jest: {
    config: {
      ...TESTS[process.env.MUTATED ?? 'src'],
      // The folder that Stryker works in: a copy of this one.
      rootDir: undefined,
      maxWorkers: 2,
      testTimeout: 10_000
    }
  },
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
  disableTypeChecks: '{src,browser}/**/*.ts',
  plugins: ['@stryker-mutator/jest-runner', './scripts/mutation/reporter.js'],
  reporters: ['results', 'progress-append-only'],
  tempDirName: 'coverage/stryker'
}
