/**
 * `npm run generate` writes `generated-types.ts`, `metadata.json` and `snapshot.test.ts` as the actions CLI would, and those parts of the
 * docs that repeat what the code says. With `--check`, it writes nothing, and fails if one of them is out of date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs'
import { dirname, join } from 'path'
import destination from '../src'
import { dateTable } from './date-table'
import { errorTable } from './error-table'
import { actionsTable, fieldTables, foldersTable, traitTable } from './field-tables'
import { actionTypes, destinationTypes } from './generated-types'
import { fillIn, withSections } from './markdown'
import type { Section } from './markdown'
import { runCommand } from './invocation'
import { metadataTextOf } from './metadata'
import { classicSettingsIn } from '../migration/classic-settings'
import { lineOf, migrationOf } from '../migration/migration'
import { webPackages } from './web-packages'

const ROOT = join(__dirname, '..')

async function generate(): Promise<{ files: Map<string, string>; problems: string[] }> {
  const files = new Map<string, string>()
  const problems: string[] = []
  files.set('src/generated-types.ts', await destinationTypes(destination))
  for (const [key, action] of Object.entries(destination.actions)) {
    files.set(`src/${key}/generated-types.ts`, await actionTypes(action))
    files.set(`__tests__/exported/${key}/snapshot.test.ts`, snapshotTestOf(key))
  }
  for (const { name, definition } of webPackages) {
    const src = `browser/${name}/src`
    files.set(`${src}/generated-types.ts`, await destinationTypes(definition))
    for (const [key, action] of Object.entries(definition.actions)) {
      files.set(`${src}/${key}/generated-types.ts`, await actionTypes(action))
    }
    files.set(`browser/${name}/metadata.json`, metadataTextOf(definition))
  }
  files.set('src/metadata.json', metadataTextOf(destination))
  fill('src/README.md', { folders: foldersTable(destination) })
  fill('README.md', { actions: actionsTable(destination, ({ title }) => title) })
  const sections = Object.entries(destination.actions).map(([name, { title, description }]) => ({
    name,
    title,
    description
  }))
  fill('docs/destination.md', fieldTables(destination), sections)
  fill('docs/destination-reference.md', { errors: errorTable(), dates: dateTable() })
  fill('docs/migration.md', {
    traits: traitTable(),
    notes: notesFor(readFileSync(join(ROOT, 'docs/examples/classic-destination.json'), 'utf8')),
    malformed: notesFor(exampleIn('docs/migration.md'))
  })
  return { files, problems }

  function fill(page: string, texts: Record<string, string>, sections: Section[] = []): void {
    const filled = fillIn(withSections(readFileSync(join(ROOT, page), 'utf8'), sections), texts)
    files.set(page, filled.page)
    for (const name of filled.missing) {
      problems.push(`${page} has no place for ${name}: add the lines <!-- ${name} --> and <!-- /${name} --> to it.`)
    }
  }
}

/** Each action has a file of its own, as in action-destinations. */
const snapshotTestOf = (action: string): string =>
  `import { testSnapshotsOf } from '../__helpers__/snapshot'\n\ntestSnapshotsOf('${action}')\n`

/** What the migration command prints for these classic settings. */
function notesFor(classic: string): string {
  const { notes } = migrationOf(classicSettingsIn(classic))
  return ['```', ...notes.map(lineOf), '```'].join('\n')
}

/** The JSON example in a page. */
function exampleIn(page: string): string {
  const [, json] = /```json\n([^]*?)```/.exec(readFileSync(join(ROOT, page), 'utf8')) ?? []
  if (json === undefined) throw new Error(`${page} has no JSON.`)
  return json
}

const usage = `Usage: npm run generate [-- --check]

Writes the generated types, metadata.json and the tables of the docs.

  --check  writes nothing, and ends with 1 if one of them is out of date
  --help   this text`

async function main(check: boolean): Promise<void> {
  const outdated: string[] = []
  const { files, problems } = await generate()
  for (const [file, text] of files) {
    const path = join(ROOT, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    outdated.push(file)
    if (check) continue
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  if (outdated.length > 0 && !check) console.log(`Written: ${outdated.join(', ')}`)
  if (outdated.length > 0 && check) problems.push(`Out of date: ${outdated.join(', ')}. Run \`npm run generate\`.`)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else if (outdated.length === 0) console.log('All generated files are up to date.')
}

runCommand({ usage, options: { check: { type: 'boolean' } } }, (_words, { check }) => main(check === true))
