import { Destination, MultiStatusResponse } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { Settings } from '../src/generated-types'
import { builtDestination } from './built'
import { ACTIONS, eventsFor, mappingFor, settings } from './events'
import type { ActionKey } from './events'
import { instantMarketo } from './instant-marketo'

export interface AddedWork {
  action: ActionKey
  batchSize: number
  frameworkMicroseconds: number
  addedMicroseconds: number
}

type Definition = DestinationDefinition<Settings>

const ROUNDS = 15
const EVENTS_PER_ROUND = 3_000

/**
 * CPU time for an event: of the framework alone (mapping and validating the same fields, with empty perform functions),
 * and of the destination's own code on the resulting payloads. Marketo answers at once, so the figures include neither HTTP nor
 * waiting. Both take turns, so that a busy machine slows both equally. The result is the median of the rounds.
 */
export async function measureAddedWork(batchSizes = [1, 300, 10_000]): Promise<AddedWork[]> {
  const rows: AddedWork[] = []
  const destination = await builtDestination()
  for (const action of ACTIONS) {
    for (const batchSize of batchSizes) rows.push(await measure(destination, action, batchSize))
  }
  return rows
}

async function measure(destination: Definition, action: ActionKey, batchSize: number): Promise<AddedWork> {
  const empty = emptied(destination)
  const repeats = Math.ceil(EVENTS_PER_ROUND / batchSize)
  const events = eventsFor(action, batchSize)
  const running = new Destination<Settings>(empty)
  const sent = { mapping: mappingFor(action), settings, auth: undefined }
  const payloads = await mappedPayloads(empty, action, events)
  const marketo = instantMarketo(batchSize)
  const { perform, performBatch } = destination.actions[action]
  const framework = async () => {
    if (batchSize === 1) await running.actions[action].execute({ data: events[0], ...sent })
    else await running.actions[action].executeBatch({ data: events, ...sent })
    running.responses.length = 0
  }
  const added = async () => {
    if (batchSize === 1) await perform(marketo, { payload: payloads[0], settings } as never)
    else await performBatch?.(marketo, { payload: payloads, settings } as never)
  }
  const times: { framework: number[]; added: number[] } = { framework: [], added: [] }
  for (let round = 0; round < ROUNDS; round++) {
    times.framework.push((await cpuTime(repeats, framework)) / (repeats * batchSize))
    times.added.push((await cpuTime(repeats, added)) / (repeats * batchSize))
  }
  return {
    action,
    batchSize,
    frameworkMicroseconds: median(times.framework),
    addedMicroseconds: median(times.added)
  }
}

/** The same definition with nothing to do. */
const emptied = (destination: Definition): Definition => ({
  ...destination,
  // Schemas are cached by name.
  name: 'Empty',
  actions: Object.fromEntries(
    Object.entries(destination.actions).map(([key, action]) => [
      key,
      { ...action, perform: () => undefined, performBatch: (_request, { payload }) => done(payload.length) }
    ])
  )
})

function done(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let i = 0; i < count; i++) response.pushSuccessResponse({ status: 200, sent: {}, body: {} })
  return response
}

async function mappedPayloads(empty: Definition, action: ActionKey, events: JSONObject[]): Promise<unknown[]> {
  let payloads: unknown[] = []
  const catching: Definition = {
    ...empty,
    actions: {
      [action]: {
        ...empty.actions[action],
        performBatch: (_request, { payload }) => {
          payloads = payload
          return done(payload.length)
        }
      }
    }
  }
  const running = new Destination<Settings>(catching)
  await running.actions[action].executeBatch({ data: events, mapping: mappingFor(action), settings, auth: undefined })
  return payloads
}

/** Microseconds of CPU time. */
async function cpuTime(repeats: number, run: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  for (let i = 0; i < repeats; i++) await run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
