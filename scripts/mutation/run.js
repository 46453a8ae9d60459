/**
 * `npm run test:mutation` breaks src and browser in many small ways, and lists the changes that no test notices. It ends after two hours
 * (`HOURS=1` after one), and goes on where it ended when it runs again. Files that have changed since then are tested anew. After a change of the
 * tests, `AGAIN=1` also tests again what survived.
 */
const { spawnSync } = require('child_process')
const console = require('console')
const { readdirSync, rmSync, writeFileSync } = require('fs')
const { join } = require('path')
const { currentResults, hashOf, note } = require('./results.js')

const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js'
const SURVIVORS = 'coverage/mutation/survivors.txt'
const PARTS = ['browser', 'src']
const SURVIVED = ['Survived', 'NoCoverage']
const endsAt = Date.now() + Number(process.env.HOURS ?? 2) * 3_600_000

// Copies of the package that a run left behind when it was ended.
rmSync('coverage/stryker', { recursive: true, force: true })
for (const part of PARTS) {
  const files = unfinished(part)
  const places = process.env.AGAIN ? [...files, ...survivorsOutside(files, part)] : files
  if (places.length === 0 || Date.now() > endsAt) continue
  console.log(`${part}: ${places.length} files and mutants to test`)
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', '--mutate', places.join(',')], {
    stdio: 'inherit',
    timeout: endsAt - Date.now(),
    env: { UNIVERSES: '60', ORDERS: '30', ...process.env, MUTATED: part }
  })
  // Stryker does not mention files of which it can change nothing.
  if (status === 0) for (const file of unfinished(part)) note({ hash: hashOf(file), file, mutants: 0 })
}
report()

/** The files of a part with mutants that are not tested yet. Only Stryker knows how many a file has. */
function unfinished(part) {
  const tested = currentResults()
  return filesOf(part).filter((file) => {
    const { mutants, results } = tested.get(file) ?? {}
    return mutants === undefined || results.size < mutants
  })
}

/** Where mutants survived in the other files of a part, as Stryker takes it: lines are counted from 1, columns from 0. */
function survivorsOutside(files, part) {
  const finished = [...currentResults()].filter(([file]) => file.startsWith(`${part}/`) && !files.includes(file))
  return finished.flatMap(([file, { results }]) =>
    [...results.values()]
      .filter(({ status }) => SURVIVED.includes(status))
      .map(({ place }) => `${file}:${place.replace(/:(\d+)/g, (_, column) => `:${column - 1}`)}`)
  )
}

function filesOf(part) {
  return readdirSync(part, { recursive: true })
    .map((path) => join(part, path))
    .filter((path) => /\.ts$/.test(path) && !/generated-types\.ts$|__tests__/.test(path))
}

/** Prints the score of each folder, and writes the list of survivors. */
function report() {
  const folders = new Map()
  const survived = []
  let left = 0
  for (const part of PARTS) left += unfinished(part).length
  for (const [file, { results }] of [...currentResults()].sort()) {
    const folder = file.split('/').slice(0, 2).join('/')
    const counts = folders.get(folder) ?? { tested: 0, noticed: 0 }
    folders.set(folder, counts)
    for (const { place, mutatorName, replacement, status } of results.values()) {
      if (status === 'Ignored' || status === 'CompileError') continue
      counts.tested += 1
      // One that never ends, or crashes the tests, is noticed, too.
      if (!SURVIVED.includes(status)) counts.noticed += 1
      else survived.push(`${file}:${place} ${status}, ${mutatorName}: ${replacement.replace(/\s+/g, ' ')}`)
    }
  }
  console.table(
    [...folders].map(([folder, { tested, noticed }]) => ({
      folder,
      tested,
      survived: tested - noticed,
      score: tested === 0 ? '' : `${((100 * noticed) / tested).toFixed(1)} %`
    }))
  )
  writeFileSync(SURVIVORS, survived.map((line) => line + '\n').join(''))
  console.log(`${survived.length} mutants survived: ${SURVIVORS}`)
  if (left > 0) console.log(`${left} files are not tested to the end. Run the command again: it goes on from here.`)
}
