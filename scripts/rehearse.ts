/**
 * `npm run rehearse` tells what a run of real events would do in a real Marketo, and writes nothing there.
 */
import { readFileSync, writeFileSync } from 'fs'
import { Refusal } from '../migration/refusal'
import { isObject } from '../rehearsal/input/json'
import { NoMapping, readMappings } from '../rehearsal/input/mapping'
import { readEventFile } from '../rehearsal/input/read-events'
import type { Plan } from '../rehearsal/plan/contract'
import { csvOf, summaryOf } from '../rehearsal/plan/summary'
import { NoRehearsal, rehearse } from '../rehearsal/rehearse'
import type { Progress } from '../rehearsal/rehearse'
import type { Settings } from '../src/generated-types'
import { MarketoError } from '../src/marketo/transport/outcome'
import { pathFromCaller, runCommand } from './invocation'

const usage = `Usage: npm run rehearse -- --events FILE --mappings FILE --settings FILE [--out FILE]

Tells what these events would do in your Marketo, and writes nothing there: it signs in and reads, and answers all else itself.

  --events FILE    events as NDJSON, JSON or CSV
  --mappings FILE  mappings as the tester page exports them, or the result of npm run migrate
  --settings FILE  the settings as JSON: munchkinId, clientId, clientSecret, trackAnonymousActivity.
                   The secret may be in the variable MARKETO_CLIENT_SECRET instead
  --out FILE       where the whole plan goes, as JSON, or, if the name ends in .csv, each changed field of each lead; - prints JSON
  --help           this text

Two events of the same person may come from different files: rehearse them in one file, in order.`

const text = { type: 'string' } as const
const BAR = 30

runCommand({ usage, options: { events: text, mappings: text, settings: text, out: text } }, async (_words, given) => {
  const [events, mappings, settings] = ['events', 'mappings', 'settings'].map((name) => {
    const file = given[name]
    if (typeof file !== 'string') throw new Refusal(`Say --${name}.\n\n${usage}`)
    return file
  })
  const out = typeof given.out === 'string' ? given.out : undefined
  const content = contentOf(events).replace(/^\ufeff/, '')
  const read = readEventFile(content, parsed(content))
  for (const note of read.notes ?? []) console.error(`${events}: ${note}`)
  for (const { line, what } of read.problems)
    console.error(`${events}${line === undefined ? '' : `, line ${line}`}: ${what}`)
  if (read.events.length === 0) throw new Refusal(`${events} has no events.`)
  const { mappings: on, off } = mappingsIn(mappings)
  const used = settingsIn(settings)
  const plan = await rehearse({ events: read.events, mappings: on, settings: used }, { onProgress: show }).catch(refuse)

  const about = { events: read.events.length, mappings: on.map(({ name }) => name), off, marketo: used.munchkinId }
  const tell = out === '-' ? console.error : console.log
  tell(summaryOf(plan, about))
  if (read.problems.length > 0)
    tell(`\n${read.problems.length} entries of ${events} could not be read. They are named above.`)
  if (out !== undefined) write(out, plan)
})

function refuse(error: unknown): never {
  if (error instanceof NoRehearsal || error instanceof MarketoError) throw new Refusal(error.message)
  throw error
}

function mappingsIn(file: string): ReturnType<typeof readMappings> {
  try {
    return readMappings(jsonIn(file))
  } catch (error) {
    if (error instanceof NoMapping) throw new Refusal(`${file}: ${error.message}`)
    throw error
  }
}

/** Settings alone, or what has them: the result of a migration, or a destination. */
function settingsIn(file: string): Settings {
  const json = jsonIn(file)
  const settings = isObject(json) && isObject(json.settings) ? json.settings : json
  if (!isObject(settings))
    throw new Refusal(`${file} has no settings: it must be a JSON object with munchkinId and clientId.`)
  const textOf = (name: string): string => (typeof settings[name] === 'string' ? settings[name] : '')
  return {
    munchkinId: textOf('munchkinId'),
    clientId: textOf('clientId'),
    clientSecret: textOf('clientSecret') || (process.env.MARKETO_CLIENT_SECRET ?? ''),
    trackAnonymousActivity: settings.trackAnonymousActivity === true
  }
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(contentOf(file).replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof Refusal) throw error
    // The parser's words would repeat a part of the file, which may be the secret.
    throw new Refusal(`${file} is not JSON.`)
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(pathFromCaller(file), 'utf8')
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`)
  }
}

function write(file: string, plan: Plan): void {
  const json = `${JSON.stringify(plan, null, 2)}\n`
  if (file === '-') return void process.stdout.write(json)
  try {
    writeFileSync(pathFromCaller(file), file.endsWith('.csv') ? csvOf(plan) : json)
  } catch (error) {
    throw new Refusal(`${file} cannot be written: ${(error as Error).message}`)
  }
}

/** On a terminal, a bar that grows; elsewhere, a line for each tenth. */
function show({ done, total, reads }: Progress): void {
  const filled = Math.round((done / total) * BAR)
  const line = `${'#'.repeat(filled).padEnd(BAR, '.')} ${done.toLocaleString('en')} of ${total.toLocaleString(
    'en'
  )} events, ${reads} reads`
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === total ? '\n' : ''}`)
  else if (done === total || Math.floor((done * 10) / total) > Math.floor(((done - 300) * 10) / total))
    console.error(line)
}
