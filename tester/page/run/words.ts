import type { Exchange } from '../shared/server'

export type Tone = 'good' | 'wait' | 'bad'

/** What a status means to Segment, which retries events with these statuses. */
export function toneOf(status: number): Tone {
  if (status < 400) return 'good'
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501) ? 'wait' : 'bad'
}

/** Every kind of end that an event can have in a run: its outcome, or why it has none. */
export type Kind = Tone | 'open' | 'none'

type KindWords = Record<Kind, string>

const RUN_WORDS: KindWords = {
  ...{ good: 'done', wait: 'will be retried', bad: 'failed for good' },
  ...{ open: 'not sent', none: 'taken by no mapping' }
}
/** A rehearsal does nothing, so its words don't say that anything was done. */
const REHEARSAL_WORDS: KindWords = {
  ...{ good: 'would be done', wait: 'would be retried', bad: 'would be refused' },
  ...{ open: 'not rehearsed', none: 'taken by no mapping' }
}

export const KINDS = Object.keys(RUN_WORDS) as Kind[]
export const wordsFor = ({ isRehearsal }: { isRehearsal?: boolean }): KindWords =>
  isRehearsal ? REHEARSAL_WORDS : RUN_WORDS

const hostOf = (exchange: Exchange) => new URL(exchange.request.url).host

/** Marketo counts calls of its REST API, but not visits that are sent as the browser's script sends them. */
export function callsUsed(exchanges: Exchange[]): { calls: number; beacons: number } {
  const beacons = exchanges.filter((exchange) => hostOf(exchange).endsWith('.mktoresp.com')).length
  return { calls: exchanges.length - beacons, beacons }
}

/** Marketo's words if it refused a call or a record, which it does with HTTP 200. */
export function refusalIn({ response: { body } }: Exchange): string | undefined {
  const { errors, result } = (body ?? {}) as { errors?: Reason[]; result?: unknown }
  const records = (Array.isArray(result) ? result : []) as { reasons?: Reason[] }[]
  const [reason, ...others] = [...(errors ?? []), ...records.flatMap(({ reasons = [] }) => reasons)]
  if (!reason) return undefined
  return `${reason.code} ${reason.message}${others.length ? `, and ${others.length} more` : ''}`
}

interface Reason {
  code: string
  message: string
}

export const plural = (count: number, noun: string) => `${inWords(count)} ${noun}${count === 1 ? '' : 's'}`

/** 10,000 rather than 10000. */
export const inWords = (count: number) => count.toLocaleString('en')

export function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`
}

export const bytesOf = (value: unknown): number =>
  value === undefined || value === '' ? 0 : new Blob([typeof value === 'string' ? value : JSON.stringify(value)]).size
