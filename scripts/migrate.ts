/**
 * `npm run --silent migrate -- <file>` converts the settings of a classic Marketo V2 destination into settings and
 * subscriptions of this one, as JSON. The notes also go to standard error.
 */
import { readFileSync, writeFileSync } from 'fs'
import { classicSettingsIn } from '../migration/classic-settings'
import { lineOf, migrationOf } from '../migration/migration'
import { Refusal } from '../migration/refusal'
import { pathFromCaller, runCommand } from './invocation'

const usage = `Usage: npm run --silent migrate -- <file> [--out FILE]

Converts the settings of a classic Marketo V2 destination into settings and mappings of this one.

  <file>      the classic destination as JSON, as Segment's Public API returns it; - reads standard input
  --out FILE  where the result goes; standard output by default, as with -
  --help      this text

Notes on everything that is not carried over unchanged go to standard error, and into the result.`

runCommand(
  { usage, options: { out: { type: 'string' } }, takes: ['which file has the classic settings'] },
  ([file], { out = '-' }) => {
    const migration = migrationOf(classicSettingsIn(textOf(file)))
    write(String(out), `${JSON.stringify(migration, null, 2)}\n`)
    for (const note of migration.notes) console.error(lineOf(note))
  }
)

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : pathFromCaller(file), 'utf8')
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`)
  }
}

function write(file: string, text: string): void {
  if (file === '-') return void process.stdout.write(text)
  try {
    writeFileSync(pathFromCaller(file), text)
  } catch (error) {
    throw new Refusal(`${file} cannot be written: ${(error as Error).message}`)
  }
}
