/** Runs before and after `npm pack`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'fs'
import { join } from 'path'
import { Refusal } from '../migration/refusal'
import { runCommand } from './invocation'

const README = join(__dirname, '..', 'README.md')
const KEPT = join(__dirname, '..', '.readme-of-the-repository.md')

const usage = `Usage: tsx scripts/packed-readme.ts write | restore

Replaces this repository's README with that of the npm package, which lacks the parts between <!-- repository --> and
<!-- /repository -->.
\`restore\` undoes this.`

function write(): void {
  if (!existsSync(KEPT)) renameSync(README, KEPT)
  const text = readFileSync(KEPT, 'utf8')
  writeFileSync(
    README,
    text
      .replace(/ ?<!-- repository -->[^]*?<!-- \/repository -->/g, '')
      .replace(/<!-- .*? -->/g, '')
      .replace(/\n{3,}/g, '\n\n')
  )
}

function restore(): void {
  if (existsSync(KEPT)) renameSync(KEPT, README)
}

runCommand({ usage, takes: ['write or restore'] }, ([step]) => {
  if (step === 'write') write()
  else if (step === 'restore') restore()
  else throw new Refusal(usage)
})
