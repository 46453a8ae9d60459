const http = require('http')
const https = require('https')
const process = require('process')
const { TestEnvironment } = require('jest-environment-node')

/** The functions that nock replaces. */
const HTTP = { ClientRequest: http.ClientRequest, get: http.get, request: http.request }
const HTTPS = { get: https.get, request: https.request }

/** The mutant that a test has noticed. */
let noticed

// Work that a failed test left running may fail later. That must not end the process, which Stryker needs.
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, () => undefined)

/** Jest's environment of a test file for Stryker, which runs all files in one process. */
module.exports = class MutationEnvironment extends TestEnvironment {
  /** Skips all tests after the first that fails: one is enough to notice a mutant. Stryker would run them all. */
  async handleTestEvent(event) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__
    if (mutant === undefined) return
    if (event.name === 'test_done' && event.test.errors.length > 0) noticed = mutant
    if (event.name === 'test_start' && noticed === mutant) event.test.mode = 'skip'
  }

  /**
   * Gives the next test file Node's own HTTP. A file does that itself with `afterAll`, which Jest does not run when no
   * test of the file reaches the mutant; but nock is still in place, and would fail the tests of the next file.
   */
  async teardown() {
    Object.assign(http, HTTP)
    Object.assign(https, HTTPS)
    await super.teardown()
  }
}
