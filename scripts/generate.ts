/**
 * `npm run generate` writes `generated-types.ts` and `metadata.json` as the actions CLI would; with `--check` it writes
 * nothing, and fails when one of them is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'fs'
import { join } from 'path'
import destination from '../src'
import { typesOf } from './generated-types'
import { metadataOf } from './metadata'

async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  files.set('generated-types.ts', await typesOf(destination.authentication?.fields ?? {}, 'Settings'))
  for (const [key, action] of Object.entries(destination.actions)) {
    files.set(join(key, 'generated-types.ts'), await typesOf(action.fields, 'Payload'))
  }
  // As the CLI leaves it: action-destinations keeps these files from prettier.
  files.set('metadata.json', `${JSON.stringify(metadataOf(destination), null, 2)}\n`)
  return files
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check')
  const outdated: string[] = []
  for (const [file, text] of await generate()) {
    const path = join(__dirname, '..', 'src', file)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    outdated.push(`src/${file}`)
    if (!check) writeFileSync(path, text)
  }
  if (!check)
    console.log(outdated.length > 0 ? `Written: ${outdated.join(', ')}` : 'All generated files are up to date.')
  else if (outdated.length > 0) {
    console.error(`Out of date: ${outdated.join(', ')}. Run \`npm run generate\`.`)
    process.exitCode = 1
  }
}

void main()
