const process = require('process')
const { TestEnvironment } = require('jest-environment-node')

/** The mutant that a test has noticed. */
let noticed

// What a failed test left under way may fail later: that is no reason to end the process, which Stryker needs.
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, () => undefined)

/** Skips all tests after the first that fails: one is enough to tell that a mutant is noticed. Stryker runs them all. */
module.exports = class FirstFailure extends TestEnvironment {
  async handleTestEvent(event) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__
    if (mutant === undefined) return
    if (event.name === 'test_done' && event.test.errors.length > 0) noticed = mutant
    if (event.name === 'test_start' && noticed === mutant) event.test.mode = 'skip'
  }
}
