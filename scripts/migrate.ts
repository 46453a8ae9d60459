/**
 * `npm run --silent migrate -- <file>` turns the settings of a classic Marketo V2 destination into the settings and
 * subscriptions of this one. They go to standard output, as JSON; the notes to standard error too. `-` reads standard
 * input.
 */
import { readFileSync } from 'fs'
import { classicSettingsIn } from '../migration/classic-settings'
import { lineOf, migrationOf } from '../migration/migration'
import { Refusal } from '../migration/refusal'
import { pathFromCaller, runCommand } from './invocation'

runCommand(([file, ...others]) => {
  if (!file || file.startsWith('--') || others.length > 0) {
    throw new Refusal('Say which file: npm run --silent migrate -- <file with the classic settings>')
  }
  const migration = migrationOf(classicSettingsIn(textOf(file)))
  console.log(JSON.stringify(migration, null, 2))
  for (const note of migration.notes) console.error(lineOf(note))
})

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : pathFromCaller(file), 'utf8')
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`)
  }
}
