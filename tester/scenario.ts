import { readFileSync, writeFileSync } from 'fs'
import { Refusal } from '../migration/refusal'
import { pathFromCaller, runCommand } from '../scripts/invocation'
import { differences, type Expected } from './scenario-outcomes'
import { isScenario } from './page/store/scenario'
import { outcomesOf } from './scenario-run'

const usage = `Usage: npm run scenario -- <scenario.json> [--save]

Runs a scenario that the tester page saved, against a new sandbox, and checks what comes out of each event. If something
differs from what the file expects, it says what, and ends with 1.

  --save   writes what comes out into the file, as what must come out from now on`

runCommand({ usage, options: { save: { type: 'boolean' } }, takes: ['the file'] }, async ([given], { save }) => {
  const path = pathFromCaller(given)
  const file: unknown = read(path)
  if (!isScenario(file)) throw new Refusal(`${given} is not a scenario that the tester page saved.`)
  const outcomes = await outcomesOf(file.scenario)
  if (save) {
    writeFileSync(path, `${JSON.stringify({ ...file, expected: outcomes }, null, 2)}\n`)
    console.log(`${given} now expects these ${outcomes.length} outcomes.`)
    return
  }
  const { expected } = file as { expected?: Expected[] }
  if (!expected) throw new Refusal(`${given} does not say what must come out. Write it into the file with --save.`)
  const found = differences(expected, outcomes)
  for (const difference of found) console.error(difference)
  if (found.length) throw new Refusal(`${found.length} of ${expected.length} outcomes differ.`)
  console.log(`All ${expected.length} outcomes are as expected.`)
})

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}`)
  }
}
