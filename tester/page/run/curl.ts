import type { Exchange } from '../shared/server'
import type { RunRecord } from './run-record'

/** @returns commands that do the same as a run: one for each batch. The server fills in the credentials. */
export function curlOfRun({ jobs = [], mappings, events, settings }: RunRecord, origin: string): string {
  const commands = jobs.map((job) => {
    const { action = '', mapping, subscribe } = mappings.find(({ id }) => id === job.mapping) ?? {}
    const body = { batch: job.isBatch, subscribe, mapping, withDefaults: false, settings }
    const sent = job.events.map((position) => events[position])
    return post(`${origin}/run/${action}`, JSON.stringify({ events: sent, ...body }))
  })
  return commands.join('\n\n')
}

/** The body is not an argument, because that is limited to 128 KB. No line of JSON equals the word that ends it. */
const post = (url: string, json: string): string =>
  `curl -s ${quoted(url)} -H 'content-type: application/json' --data-binary @- <<'END'\n${json}\nEND`

/** @returns the command for the same exchange with Marketo. The user fills in the token. */
export function curlOfExchange({ request: { method, url, headers, body } }: Exchange): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    value === '<redacted>' ? `-H "${name}: Bearer $MARKETO_TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`
  )
  const data = body ? [`--data-binary ${quoted(body)}`] : []
  return [`curl -s -X ${method} ${quoted(url)}`, ...shown, ...data].join(' \\\n  ')
}

/** Quotes a text for a shell. No character between single quotes is special. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
