import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, RequestClient } from '@segment/actions-core'
import { MultiStatusResponse } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { eventsFor, mappingFor, sendInBatches, settings } from './events'
import type { ActionKey } from './events'

export interface AddedWork {
  action: ActionKey
  batchSize: number
  frameworkMicroseconds: number
  addedMicroseconds: number
}

const ROUNDS = 7

/**
 * CPU time for an event: of the framework alone (mapping and validating the same fields, with empty perform functions),
 * and of the destination's own code on the payloads that come of it. Marketo's answers are there at once, so that
 * neither HTTP nor waiting is measured. The best of several rounds, after one that warms up.
 */
export async function measureAddedWork(): Promise<AddedWork[]> {
  const rows: AddedWork[] = []
  for (const action of ['upsertLead', 'sendCustomActivity'] as const) {
    for (const batchSize of [1, 300, 10_000]) {
      const events = eventsFor(action, batchSize)
      const repeats = Math.max(1, Math.ceil(10_000 / batchSize))
      const payloads = await mappedPayloads(action, events)
      const marketo = instantMarketo(events)
      const data = { payload: payloads, settings } as never
      rows.push({
        action,
        batchSize,
        frameworkMicroseconds: await best(repeats, batchSize, () => sendInBatches(empty, action, events, batchSize)),
        addedMicroseconds: await best(repeats, batchSize, async () => {
          await destination.actions[action].performBatch?.(marketo, data)
        })
      })
    }
  }
  return rows
}

/** The same definition with nothing to do. */
const empty: DestinationDefinition<Settings> = {
  ...destination,
  // Schemas are cached by name.
  name: 'Empty',
  actions: Object.fromEntries(
    Object.entries(destination.actions).map(([key, action]) => [
      key,
      { ...action, perform: () => undefined, performBatch: (_request, { payload }) => done(payload.length) }
    ])
  )
}

function done(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let i = 0; i < count; i++) response.pushSuccessResponse({ status: 200, sent: {}, body: {} })
  return response
}

async function mappedPayloads(action: ActionKey, events: JSONObject[]): Promise<unknown[]> {
  let payloads: unknown[] = []
  const catching: DestinationDefinition<Settings> = {
    ...empty,
    actions: {
      [action]: { ...empty.actions[action], performBatch: (_request, { payload }) => done((payloads = payload).length) }
    }
  }
  const running = new Destination<Settings>(catching)
  await running.actions[action].executeBatch({ data: events, mapping: mappingFor(action), settings, auth: undefined })
  return payloads
}

/** A request client whose answers are there at once, made in advance: everybody is known by email. */
function instantMarketo(events: JSONObject[]): RequestClient {
  const found: unknown[] = []
  const written: unknown[] = []
  for (let i = 0; i < events.length; i += 300) {
    const people = events.slice(i, i + 300).map((_, n) => ({ id: i + n + 1, email: `person.${i + n}@example.com` }))
    found.push(people)
    written.push(people.map(({ id }) => ({ id, status: 'updated' })))
  }
  const next = { found: 0, written: 0 }
  const request = (url: string, { method }: { method?: string }) => {
    const result =
      method === 'GET' || url.includes('_method=GET')
        ? found[next.found++ % found.length]
        : written[next.written++ % written.length]
    return Promise.resolve({ ok: true, status: 200, data: { success: true, requestId: '1', result } })
  }
  return request as unknown as RequestClient
}

/** Microseconds of CPU time for an event. */
async function best(repeats: number, batchSize: number, run: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const start = process.cpuUsage()
    for (let i = 0; i < repeats; i++) await run()
    const { user, system } = process.cpuUsage(start)
    if (round > 0) times.push((user + system) / (repeats * batchSize))
  }
  return Math.min(...times)
}
