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

/** A body of any size: an argument must not be longer than 128 KB. No line of JSON is the word that ends it. */
const post = (url: string, json: string): string =>
  `curl -s ${quoted(url)} -H 'content-type: application/json' --data-binary @- <<'END'\n${json}\nEND`

/** @returns the command that makes the same exchange with Marketo. The token is the reader's to fill in. */
export function curlOfExchange({ request: { method, url, headers, body } }: Exchange): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    value === '<redacted>' ? `-H "${name}: Bearer $MARKETO_TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`
  )
  const data = body ? [`--data-binary ${quoted(body)}`] : []
  return [`curl -s -X ${method} ${quoted(url)}`, ...shown, ...data].join(' \\\n  ')
}

/** As a shell takes it: nothing between single quotes means anything but itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
