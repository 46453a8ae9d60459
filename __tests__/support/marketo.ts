import { createTestEvent, Destination } from '@segment/actions-core'
import type { DecoratedResponse, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { ActionKey } from '../../examples/actions'
import { routeMarketoTo } from '../../sandbox/route-marketo'
import { startSandbox } from '../../sandbox'
import type { Sandbox } from '../../sandbox'
import type { Limits } from '../../sandbox/contract'
import destination from '../../src'
import type { Settings } from '../../src/generated-types'
import * as limits from '../../src/marketo/transport/limits'
import { forgetEverything } from '../../src/marketo/transport/memory'

export const settings: Settings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }
export const anonymousTracking: Settings = { ...settings, trackAnonymousActivity: true }

export type { ActionKey }
export type TestEvent = Partial<SegmentEvent>

/** What the framework reports about one event of a batch. */
export interface Reported {
  status: number
  errormessage?: string
  errortype?: string
  errorreporter?: string
  sent?: JSONObject
  body?: JSONObject
}

/** How an event is to be sent. Default mappings apply where `mapping` says nothing. */
export interface Sending {
  mapping?: JSONObject
  settings?: Settings
}

/** Starts a Marketo for one test file. Each test begins with the starting data and the memory of a new process. */
export function useSandbox(limits?: Partial<Limits>, clientSecret?: string): () => Sandbox {
  let sandbox: Sandbox
  let restore: () => void
  beforeAll(async () => {
    sandbox = await startSandbox({ limits, clientSecret })
    restore = routeMarketoTo(sandbox.port)
  })
  beforeEach(() => {
    sandbox.reset()
    forgetEverything()
  })
  afterAll(async () => {
    restore()
    await sandbox.close()
  })
  return () => sandbox
}

/** For tests of large batches, and of the number of calls: a slow machine must not end a batch early. */
export function withoutTimeLimit(): void {
  const time: { BATCH_MS: number } = limits
  beforeAll(() => void jest.replaceProperty(time, 'BATCH_MS', 60_000))
  afterAll(() => jest.restoreAllMocks())
}

/** Sends events as Segment sends a batch. @returns one report per event, in order */
export async function sendBatch(action: ActionKey, events: TestEvent[], sending: Sending = {}): Promise<Reported[]> {
  return (await exchangesOfBatch(action, events, sending)).reports
}

/** Like {@link sendBatch}, with the exchanges that the Event Tester would display. */
export async function exchangesOfBatch(action: ActionKey, events: TestEvent[], sending: Sending = {}) {
  const running = destinationWith(action)
  const reports = (await running.actions[action].executeBatch({
    data: events.map((event) => createTestEvent(event)) as unknown as JSONObject[],
    mapping: mappingOf(action, sending),
    settings: sending.settings ?? settings,
    auth: undefined
  })) as unknown as Reported[]
  return { reports, exchanges: running.responses }
}

/** Sends a single event. @throws what the framework throws if the event fails */
export async function sendSingle(action: ActionKey, event: TestEvent, sending: Sending = {}) {
  const running = destinationWith(action)
  const exchanges: DecoratedResponse[] = running.responses
  const results = await running.actions[action].execute({
    data: createTestEvent(event) as unknown as JSONObject,
    mapping: mappingOf(action, sending),
    settings: sending.settings ?? settings,
    auth: undefined
  })
  return { data: results[results.length - 1].data, exchanges }
}

/** A new instance for each sending, with one action only, because the framework builds each of them. */
const destinationWith = (action: ActionKey) =>
  new Destination<Settings>({ ...destination, actions: { [action]: destination.actions[action] } })

/** The default mappings, overridden by the given ones. */
export function mappingOf(action: ActionKey, { mapping }: Sending): JSONObject {
  const defaults = Object.entries(destination.actions[action].fields)
    .filter(([, field]) => field.default !== undefined)
    .map(([key, field]) => [key, field.default])
  return { ...(Object.fromEntries(defaults) as JSONObject), ...mapping }
}

/** Counts the REST calls that `work` makes, if they count against the quota. */
export async function callsOf(sandbox: Sandbox, work: () => Promise<unknown>): Promise<number> {
  const before = sandbox.state().usage.total
  await work()
  return sandbox.state().usage.total - before
}
