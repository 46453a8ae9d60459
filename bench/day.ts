/** A customer's day, as REST calls: an hour of it at full scale, on its own clock. */
import { fork } from 'child_process'
import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import { derivedToken } from '../src/leads/visitors/derived-token'
import { ACTIONS, mappingFor, settings } from './events'
import type { ActionKey } from './events'
import type { RemoteSandbox } from './sandbox-process'
import { routeMarketoTo } from '../sandbox/route-marketo'

export interface DayRow {
  processes: number
  batchSize: number
  calls: Record<ActionKey, number>
}

/**
 * Events a day: two sessions for each visitor. Each has ten pages, two or three tracked events, and every other one an
 * Identify.
 */
const VISITORS = 100_000
const PAGES_PER_SESSION = 10
const SESSIONS_PER_HOUR = (2 * VISITORS) / 24
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const SETUPS = [
  { processes: 1, batchSize: 300 },
  { processes: 1, batchSize: 30 },
  { processes: 8, batchSize: 30 }
]

interface TimedEvent {
  at: number
  action: ActionKey
  event: JSONObject
}

/** Three visitors in ten have a User ID. */
const isKnown = (visitor: number): boolean => visitor % 10 < 3

/** REST calls of 24 such hours. All leads and visitors are known, and anonymous tracking is off. */
export async function measureDay(sandbox: RemoteSandbox): Promise<DayRow[]> {
  const rows: DayRow[] = []
  for (const { processes, batchSize } of SETUPS) {
    const calls: DayRow['calls'] = { upsertLead: 0, sendCustomActivity: 0, visitWebPage: 0 }
    await sandbox.reset(0, leadsOfTheHour())
    for (const action of ACTIONS) {
      const before = (await sandbox.state()).usage.total
      for (let share = 0; share < processes; share++)
        await runShare({ port: sandbox.port, action, batchSize, share, processes })
      calls[action] = 24 * ((await sandbox.state()).usage.total - before)
    }
    rows.push({ processes, batchSize, calls })
  }
  return rows
}

/** Sessions that have a page in the hour: those that begin in it, and in the ten minutes before. */
const SESSIONS = Math.round(SESSIONS_PER_HOUR * (1 + PAGES_PER_SESSION / 60))
const beginningOf = (session: number): number =>
  -PAGES_PER_SESSION * MINUTE_MS + (session * HOUR_MS) / SESSIONS_PER_HOUR

function leadsOfTheHour(): object[] {
  return Array.from({ length: SESSIONS }, (_, i) => i)
    .filter(isKnown)
    .map((i) => ({
      email: `person.${i}@example.com`,
      userId: `user-${i}`,
      cookies: [derivedToken(settings.munchkinId, `userId:user-${i}`)]
    }))
}

function eventsOfTheHour(action: ActionKey): TimedEvent[] {
  const events: TimedEvent[] = []
  for (let session = 0; session < SESSIONS; session++) {
    const begin = beginningOf(session)
    const times: Record<ActionKey, number[]> = {
      visitWebPage: Array.from({ length: PAGES_PER_SESSION }, (_, page) => page),
      sendCustomActivity: session % 2 ? [2.5, 7.5] : [1.5, 4.5, 8.5],
      // Only visitors with a User ID send an Identify.
      upsertLead: session % 20 < 10 && isKnown(session) ? [0.5] : []
    }
    for (const minute of times[action]) {
      const at = begin + minute * MINUTE_MS
      if (at >= 0 && at < HOUR_MS) events.push({ at, action, event: eventOf(action, session, minute) })
    }
  }
  return events.sort((a, b) => a.at - b.at)
}

function eventOf(action: ActionKey, visitor: number, minute: number): JSONObject {
  const traits = { email: `person.${visitor}@example.com`, firstName: 'Robyn' }
  const common: JSONObject = { anonymousId: `browser-${visitor}`, timestamp: '2026-05-31T14:00:00.000Z' }
  if (isKnown(visitor)) common.userId = `user-${visitor}`
  if (action === 'upsertLead') return { ...common, type: 'identify', traits }
  const context: JSONObject = { userAgent: 'Mozilla/5.0', traits: isKnown(visitor) ? { email: traits.email } : {} }
  const url = `https://example.com/${minute}`
  if (action === 'visitWebPage') return { ...common, type: 'page', properties: { url }, context }
  return {
    ...common,
    type: 'track',
    event: 'Order Completed',
    properties: { orderId: `${visitor} ${minute}` },
    context
  }
}

interface Share {
  port: number
  action: ActionKey
  batchSize: number
  share: number
  processes: number
}

/** Each process has its own memory, and gets its share of the events in turn. */
async function runShare(share: Share): Promise<void> {
  const child = fork(__filename, [JSON.stringify(share)], { execArgv: process.execArgv })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`A process of the day ended with ${code}.`)
}

async function sendShare({ port, action, batchSize, share, processes }: Share): Promise<void> {
  routeMarketoTo(port)
  const clock = { now: 0 }
  const start = Date.now()
  Date.now = () => start + clock.now
  performance.now = () => clock.now
  const running = new Destination(destination)
  const mapping = mappingFor(action)
  const events = eventsOfTheHour(action).filter((_, i) => i % processes === share)
  for (let i = 0; i < events.length; i += batchSize) {
    const batch = events.slice(i, i + batchSize)
    clock.now = batch[batch.length - 1].at
    const data = batch.map(({ event }) => event)
    const outcomes = await running.actions[action].executeBatch({ data, mapping, settings, auth: undefined })
    const failed = outcomes.find(({ status }, n) => status >= 300 && data[n].userId !== undefined)
    if (failed) throw new Error(JSON.stringify(failed))
    running.responses.length = 0
  }
}

if (require.main === module) {
  sendShare(JSON.parse(process.argv[2]) as Share).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    }
  )
}
