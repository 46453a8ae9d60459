const { statSync } = require('fs')
const { relative, sep } = require('path')

/** The slowest tests, slowest first. If one started last, it would keep one core busy and leave the other idle. */
const LONG = [
  '__tests__/faults.',
  'tester/__tests__/page/',
  '__tests__/law.',
  '__tests__/order.',
  '__tests__/two-processes.',
  '__tests__/bad-input.',
  '__tests__/budgets.',
  '__tests__/new-visitors.',
  'tester/__tests__/browser/',
  'tester/__tests__/server/',
  '__tests__/scripts/'
]

const ROOT = `${__dirname}/../..`

const rankOf = ({ path }) => {
  const file = relative(ROOT, path).split(sep).join('/')
  const rank = LONG.findIndex((part) => file.startsWith(part))
  return rank === -1 ? LONG.length : rank
}

/** The order of test files. Jest's own depends on how long they took before, which is unknown in a clean checkout. */
module.exports = class LongestFirst {
  sort(tests) {
    const size = ({ path }) => statSync(path).size
    return [...tests].sort((a, b) => rankOf(a) - rankOf(b) || size(b) - size(a))
  }

  allFailedTests(tests) {
    return tests
  }

  shard(tests) {
    return tests
  }

  cacheResults() {}
}
