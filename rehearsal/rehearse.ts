import { withoutSecrets } from '../src/marketo/transport/redact'
import { munchkinIdOf } from '../src/marketo/transport/instance'
import type { Settings } from '../src/generated-types'
import { deliver } from './delivery/deliver'
import { jobsOf, slicesOf, type Job, type Placed } from './delivery/jobs'
import type { Outcome } from './delivery/send'
import type { Event } from './input/json'
import type { Mapping } from './input/mapping'
import { takenBy } from './input/trigger'
import type { Doubt } from './picture/doubts'
import type { Plan } from './plan/contract'
import { effectsOf, LeadNames } from './plan/make-plan'
import { plannedEvent, type Told } from './plan/planned-event'
import { Refused } from './wire/asker'
import { StandIn } from './stand-in'

export interface RehearsalInput {
  events: Event[]
  mappings: Mapping[]
  settings: Settings
}

export interface RehearsalOptions {
  /** How long to wait before reads that Marketo refused for a while are made again, in milliseconds. */
  waitsMs?: readonly number[]
  onProgress?: (progress: Progress) => void
}

export interface Progress {
  /** Events of the file that went through all mappings. */
  done: number
  total: number
  /** REST calls to Marketo. */
  reads: number
}

/** Why a rehearsal could not begin, in words for people. */
export class NoRehearsal extends Error {}

/**
 * Sends events through mappings as Segment does, with reads from Marketo and without a write, and tells what a run would do. While it
 * lasts, all requests of the process to this instance go through it; and the destination remembers its visitors, so no run may follow
 * in the same process.
 * @throws NoRehearsal if Marketo does not let the API user in; MarketoError for settings without a valid Munchkin ID
 */
export async function rehearse(
  { events, mappings, settings }: RehearsalInput,
  { waitsMs, onProgress }: RehearsalOptions = {}
): Promise<Plan> {
  const standIn = await StandIn.start({ munchkinId: munchkinIdOf(settings.munchkinId), waitsMs })
  const { picture, reader } = standIn
  try {
    await signIn(standIn, settings)
    const told: Told[] = []
    const unknown: Plan['unknown'] = []
    let done = 0
    for (const slice of slicesOf(events)) {
      for (const job of mappings.flatMap((mapping) => jobsOf(mapping, slice))) {
        const outcomes = await deliver(job, settings, () => reader.pace.untilABatchFits())
        if (standIn.mistake) throw standIn.mistake
        told.push(...toldOf(job, outcomes))
        unknown.push(...unknownOf(picture.doubts.take(), outcomes))
      }
      done += slice.length
      onProgress?.({ done, total: events.length, reads: reader.calls })
    }
    await picture.knowVisitors(await signIn(standIn, settings))
    const names = new LeadNames(picture)
    const plan: Plan = {
      calls: { read: reader.calls, withheld: picture.withheld },
      events: inOrder(told).map((one) => plannedEvent(one, picture, names)),
      ...effectsOf(picture, names),
      unknown,
      notTaken: countNotTaken(events, mappings)
    }
    return withoutSecrets(plan, [settings.clientSecret, ...standIn.tokens].filter(Boolean))
  } finally {
    await standIn.close()
  }
}

function signIn(standIn: StandIn, settings: Settings) {
  return standIn.signIn(settings).catch((error: unknown) => {
    const why = error instanceof Refused ? 'Marketo refuses the Client ID or the Client Secret' : String(error)
    throw new NoRehearsal(`Signing in failed: ${why}.`)
  })
}

const toldOf = ({ mapping: { name, action }, events }: Job, outcomes: ReadonlyMap<Placed, Outcome>): Told[] =>
  events.flatMap((placed) => {
    const outcome = outcomes.get(placed)
    return outcome ? [{ index: placed.index, mapping: name, action, outcome }] : []
  })

/** By event; the mappings of an event in their own order. */
const inOrder = (told: Told[]): Told[] => [...told].sort((one, other) => one.index - other.index)

function unknownOf(doubts: Doubt[], outcomes: ReadonlyMap<Placed, Outcome>): Plan['unknown'] {
  const entries = new Map<string, Plan['unknown'][number]>()
  for (const { why, record, value } of doubts) {
    for (const [{ index, event }, { sent }] of outcomes) {
      const isConcerned =
        record !== undefined
          ? JSON.stringify(sent) === JSON.stringify(record)
          : value === undefined || JSON.stringify(event).toLowerCase().includes(quoted(value))
      if (isConcerned) entries.set(`${index} ${why}`, { event: index, why })
    }
  }
  return [...entries.values()]
}

/** Text as it stands within JSON. */
const quoted = (value: string): string => JSON.stringify(value).slice(1, -1).toLowerCase()

function countNotTaken(events: Event[], mappings: Mapping[]): number {
  const tests = mappings.map(({ subscribe }) => takenBy(subscribe))
  return events.filter((event) => !tests.some((isTaken) => isTaken(event))).length
}
