import type { Migration } from '../../../migration/contract'
import { isSubscription, takeSubscription } from '../mappings/subscription'
import { isObject, type Manifest, type Value } from '../shared/manifest'
import { migrateClassic, type Event, type Settings } from '../shared/server'
import { isScenario } from '../store/scenario'
import type { MappingEntry, Work } from '../store/work'
import { eventListIn, readEventFile, type Unread } from '../../../rehearsal/input/read-events'

/** The most events that the page takes. */
const MOST_EVENTS = 10_000

/** What an imported text contains. */
export type Found = { problems: Unread[]; notes?: string[] } & (
  | { kind: 'nothing' }
  | { kind: 'events'; events: Event[] }
  | { kind: 'mappings'; mappings: MappingEntry[] }
  | { kind: 'destination'; mappings: MappingEntry[]; settings: Settings; settingsNotes: string[] }
  | { kind: 'scenario'; work: Work }
)

/**
 * @returns what a text is: events (JSON, NDJSON, CSV), the settings of a classic destination, the result of a migration,
 * subscriptions as Segment stores or returns them, or a scenario of this page
 */
export async function recognize(given: string, manifest: Manifest): Promise<Found> {
  const text = given.replace(/^\ufeff/, '')
  if (text.trim() === '') return { kind: 'nothing', problems: [] }
  const json = parsed(text)
  if (isScenario(json)) return { kind: 'scenario', work: json.scenario, problems: [] }
  const data = isObject(json) && isObject(json.data) ? json.data : json
  if (isMigration(data)) return destinationOf(data, manifest)
  const subscriptions = subscriptionsIn(data)
  if (subscriptions) return mappingsOf(subscriptions, manifest)
  const isEvent = isObject(json) && 'type' in json
  if (isObject(json) && !isEvent && !eventListIn(json)) return classicOf(text, manifest)
  const read = readEventFile(text, json, MOST_EVENTS)
  return read.events.length ? { kind: 'events', ...read } : { kind: 'nothing', ...read }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isMigration = (data: unknown): data is Migration =>
  isObject(data) && isObject(data.settings) && Array.isArray(data.subscriptions)

/** As the Public API returns a list or one of them, or as Segment stores one. */
function subscriptionsIn(data: unknown): Record<string, Value>[] | undefined {
  const list = isObject(data)
    ? data.subscriptions ?? (isObject(data.subscription) ? [data.subscription] : [data])
    : data
  return Array.isArray(list) && list.length && list.every((one) => isObject(one) && isSubscription(one))
    ? (list as Record<string, Value>[])
    : undefined
}

async function classicOf(text: string, manifest: Manifest): Promise<Found> {
  return migrateClassic(text).then(
    (migration) => destinationOf(migration, manifest),
    (error: Error): Found => ({
      kind: 'nothing',
      problems: [{ what: `It has no events, which need a type. ${error.message}` }]
    })
  )
}

function destinationOf({ settings, subscriptions, notes = [] }: Migration, manifest: Manifest): Found {
  const { problems, ...found } = mappingsOf(subscriptions as unknown as Record<string, Value>[], manifest)
  const about = (position?: number) =>
    notes.filter(({ subscription }) => subscription === position).map(({ where, what }) => `${where} ${what}`)
  const mappings = 'mappings' in found ? found.mappings : []
  return {
    kind: 'destination',
    settings: settings,
    mappings: mappings.map((entry, position) => {
      const own = about(position)
      return own.length ? { ...entry, notes: own } : entry
    }),
    settingsNotes: about(),
    problems
  }
}

function mappingsOf(subscriptions: Record<string, Value>[], manifest: Manifest): Found {
  const mappings: MappingEntry[] = []
  const problems: Unread[] = []
  subscriptions.forEach((json, index) => {
    const taken = takeSubscription(manifest, undefined, json)
    if ('problem' in taken) {
      problems.push({ what: `Mapping ${index + 1}: ${taken.problem}` })
      return
    }
    const { action = '', name = manifest.actions[action].title, subscribe = '', enabled = true, mapping } = taken
    mappings.push({ id: crypto.randomUUID(), name, action, subscribe, enabled, mapping })
  })
  return mappings.length ? { kind: 'mappings', mappings, problems } : { kind: 'nothing', problems }
}
