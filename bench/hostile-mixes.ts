import type { ActionDefinition, RequestClient } from '@segment/actions-core'
import type { Settings } from '../src/generated-types'
import { builtDestination } from './built'
import { settings } from './events'

export interface MixRow {
  mix: string
  events: number
  microseconds: number
}

interface Keys {
  email?: string
  userId?: string
  anonymousId?: string
}

/** Batches of people who share keys. */
const MIXES: Record<string, (i: number) => Keys> = {
  'each of a different user': (i) => ({ userId: `u${i}`, email: `e${i}@x.org` }),
  'one user, a new email each time': (i) => ({ userId: 'u', email: `e${i}@x.org` }),
  'all on one anonymous ID': (i) => ({ userId: `u${i}`, anonymousId: 'a' }),
  'two users on one anonymous ID, a new email each time': (i) => ({
    userId: `u${i % 2}`,
    email: `e${i}@x.org`,
    anonymousId: 'a'
  }),
  'chains: each event shares a key with the one before': (i) => ({
    userId: `u${Math.floor(i / 2)}`,
    email: `e${Math.ceil(i / 2)}@x.org`
  }),
  'one anonymous ID, upper and lower case in turn': (i) => ({ userId: `u${i}`, anonymousId: i % 2 ? 'a' : 'A' })
}

const SIZES = [300, 3_000, 10_000, 50_000]
const ROUNDS = 3

/** CPU time for an Identify event of such batches. Nobody is in Marketo yet, and Marketo answers at once. */
export async function measureHostileMixes(): Promise<MixRow[]> {
  const rows: MixRow[] = []
  const { upsertLead } = (await builtDestination()).actions
  for (const [mix, keysOf] of Object.entries(MIXES)) {
    for (const events of SIZES) {
      const payload = Array.from({ length: events }, (_, i) => ({ ...keysOf(i), lastName: `${i}` }))
      let best = Infinity
      for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await cpuTime(upsertLead, payload))
      rows.push({ mix, events, microseconds: best / events })
    }
  }
  return rows
}

/** @returns microseconds @throws if an event failed */
async function cpuTime(action: ActionDefinition<Settings>, payload: unknown[]): Promise<number> {
  const data = { payload, settings: { ...settings, trackAnonymousActivity: true } } as never
  const start = process.cpuUsage()
  const response = await action.performBatch?.(emptyMarketo(), data)
  const { user, system } = process.cpuUsage(start)
  const failed = (response as { responses: { status: number }[] }).responses.find(({ status }) => status >= 300)
  if (failed) throw new Error(JSON.stringify(failed))
  return user + system
}

/** A request client that answers at once: it finds no lead, and creates all. */
function emptyMarketo(): RequestClient {
  let id = 0
  const request = (url: string, { method, body }: { method?: string; body?: string }) => {
    const isSearch = method === 'GET' || url.includes('_method=GET')
    const { input = [] } = isSearch ? {} : (JSON.parse(body ?? '{}') as { input?: unknown[] })
    const result = input.map((_, i) => ({ id: id + i + 1, status: 'created' }))
    id += input.length
    return Promise.resolve({ ok: true, status: 200, data: { success: true, requestId: '1', result } })
  }
  return request as unknown as RequestClient
}
