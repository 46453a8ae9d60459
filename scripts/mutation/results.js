const { createHash } = require('crypto')
const { appendFileSync, existsSync, mkdirSync, readFileSync } = require('fs')
const { dirname } = require('path')

/** A line for each file with the number of its mutants, and one for each mutant that was tested. */
const RESULTS = 'coverage/mutation/results.jsonl'
mkdirSync(dirname(RESULTS), { recursive: true })

const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)

/** The tested mutants of files as they are now: by file, their number and their results. */
function currentResults() {
  const lines = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8').trim().split('\n') : []
  const files = new Map()
  const hashes = new Map()
  for (const { file, hash, mutants, ...result } of lines.filter(Boolean).map((line) => JSON.parse(line))) {
    if (!hashes.has(file)) hashes.set(file, existsSync(file) && hashOf(file))
    if (hashes.get(file) !== hash) continue
    const known = files.get(file) ?? { mutants: 0, results: new Map() }
    if (mutants === undefined) known.results.set(`${result.place} ${result.mutatorName} ${result.replacement}`, result)
    else known.mutants = Math.max(known.mutants, mutants)
    files.set(file, known)
  }
  return files
}

const note = (entry) => appendFileSync(RESULTS, JSON.stringify(entry) + '\n')

module.exports = { hashOf, currentResults, note }
