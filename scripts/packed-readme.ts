/** Runs before and after `npm pack`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'fs'
import { join } from 'path'
import { Refusal } from '../migration/refusal'
import { runCommand } from './invocation'

const README = join(__dirname, '..', 'README.md')
const KEPT = join(__dirname, '..', '.readme-of-the-repository.md')

const usage = `Usage: tsx scripts/packed-readme.ts write | restore

Puts the README of the npm package in place of this repository's: without pictures and links into the repository, as
nothing but the package stands beside it. \`restore\` puts this repository's back.`

function write(): void {
  if (!existsSync(KEPT)) renameSync(README, KEPT)
  const text = readFileSync(KEPT, 'utf8')
  writeFileSync(
    README,
    text.replace(/<picture>[^]*?<\/picture>\n+/g, '').replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1')
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
