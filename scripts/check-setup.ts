/**
 * `npm run check-setup -- --settings FILE --mappings FILE` compares settings and mappings of this destination with what is set up in
 * Marketo. It only reads.
 */
import { readFileSync } from 'fs'
import { textOf } from '../migration/directive'
import { isObject } from '../migration/json'
import { Refusal } from '../migration/refusal'
import { checkSetup } from '../setup-check/check-setup'
import type { Finding } from '../setup-check/finding'
import { mappingsIn } from '../setup-check/mappings'
import type { Settings } from '../src/generated-types'
import { pathFromCaller, runCommand } from './invocation'

const usage = `Usage: npm run check-setup -- --settings FILE --mappings FILE [--json]

Compares settings and mappings with what is set up in Marketo: fields, activity types, campaigns, lists, programs, forms, custom objects
and permissions. It only reads, about two calls for each mapping, and changes nothing.

  --settings FILE  the settings as JSON: munchkinId, clientId, clientSecret, trackAnonymousActivity.
                   The secret may also come from the environment variable MARKETO_CLIENT_SECRET
  --mappings FILE  the mappings as JSON: a list, as the tester page copies them, or the result of the migration
  --json           prints the findings as JSON
  --help           this text

It ends with 1 if it finds a fault.`

const text = { type: 'string' } as const

runCommand(
  { usage, options: { settings: text, mappings: text, json: { type: 'boolean' } } },
  async (_words, { settings, mappings, json }) => {
    const findings = await checkSetup(
      settingsIn(jsonOf('settings', settings)),
      mappingsIn(jsonOf('mappings', mappings))
    )
    if (json) console.log(JSON.stringify(findings, null, 2))
    else for (const finding of findings) console.log(lineOf(finding))
    const faults = findings.filter(({ level }) => level === 'fault').length
    if (!json) console.log(faults === 0 ? 'No faults found.' : `Faults found: ${faults}.`)
    if (faults > 0) process.exitCode = 1
  }
)

const lineOf = ({ level, name, mapping, message }: Finding): string =>
  `${level} ${name}${mapping === undefined ? '' : ` (${mapping})`}: ${message}`

function settingsIn(json: unknown): Settings {
  if (!isObject(json)) throw new Refusal('The settings must be an object.')
  const given = isObject(json.settings) ? json.settings : json
  const textIn = (name: string) => textOf(given[name])
  return {
    munchkinId: textIn('munchkinId'),
    clientId: textIn('clientId'),
    clientSecret: textIn('clientSecret') || (process.env.MARKETO_CLIENT_SECRET ?? ''),
    trackAnonymousActivity: given.trackAnonymousActivity === true
  }
}

function jsonOf(option: string, file: unknown): unknown {
  if (typeof file !== 'string') throw new Refusal(`Say which file has the ${option}: --${option} FILE\n\n${usage}`)
  try {
    return JSON.parse(readFileSync(pathFromCaller(file), 'utf8'))
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}`)
  }
}
