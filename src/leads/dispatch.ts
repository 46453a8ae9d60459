import type { JSONLikeObject } from '@segment/actions-core'
import type { RecordTarget } from '../marketo/records'

/** What an action does with its events, once their leads are known. */
export interface Dispatch<Event> {
  /** Where an event's record goes. Records of equal targets share calls. */
  target: (event: Event) => RecordTarget
  record: (event: Event) => JSONLikeObject
  /** Events with the same key share a record. Without it, each event has its own. */
  recordKey?: (event: Event) => string
  /** Which of the events that share a record counts: the first one, the last one, or all of them, with later values over earlier ones. */
  whichCounts?: 'first' | 'last' | 'merged'
  /**
   * Records with the same key never share a call, and reach Marketo in the order of their events: if one will be
   * retried, the later ones wait for it. Without it, each record key is a queue.
   */
  queueKey?: (event: Event) => string
}

/** One record, and the events that it is for. */
export interface Parcel<Event> {
  record: JSONLikeObject
  target: RecordTarget
  events: Event[]
  queue?: string
}

/** Parcels that can go together. */
export interface Shipment<Event> {
  target: RecordTarget
  parcels: Parcel<Event>[]
}

/**
 * Makes records from events, and combines them into as few shipments as possible.
 * @param apart events that get their own record
 * @returns the shipments, in the order in which to send them
 */
export function shipmentsOf<Event>(
  events: Event[],
  dispatch: Dispatch<Event>,
  apart: ReadonlySet<Event>
): Shipment<Event>[] {
  const shipments: Shipment<Event>[] = []
  const byTarget = new Map<string, number[]>()
  const latestOfQueue = new Map<string, number>()
  for (const group of groupsOf(events, dispatch, apart)) {
    const parcel = parcelOf(group, dispatch)
    const { queue } = group
    const key = keyOf(parcel.target)
    const after = queue === undefined ? -1 : latestOfQueue.get(queue) ?? -1
    const places = byTarget.get(key) ?? []
    byTarget.set(key, places)
    let place = firstAfter(places, after)
    if (place === undefined) {
      place = shipments.push({ target: parcel.target, parcels: [] }) - 1
      places.push(place)
    }
    shipments[place].parcels.push(parcel)
    if (queue !== undefined) latestOfQueue.set(queue, place)
  }
  return shipments
}

/** Groups of shipments, in order. The shipments of a group can go at once, because no queue is in two of them. */
export function wavesOf<Event>(shipments: Shipment<Event>[]): Shipment<Event>[][] {
  const waves: Shipment<Event>[][] = []
  let queuesOfWave = new Set<string>()
  for (const shipment of shipments) {
    const queues = shipment.parcels.flatMap(({ queue }) => queue ?? [])
    if (waves.length === 0 || queues.some((queue) => queuesOfWave.has(queue))) {
      waves.push([])
      queuesOfWave = new Set()
    }
    waves[waves.length - 1].push(shipment)
    for (const queue of queues) queuesOfWave.add(queue)
  }
  return waves
}

/** @param places in ascending order: one for each event of one person */
function firstAfter(places: number[], after: number): number | undefined {
  let [from, to] = [0, places.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (places[middle] > after) to = middle
    else from = middle + 1
  }
  return places[from]
}

/** Equal for targets that share calls. */
const keyOf = ({ call, id, head }: RecordTarget): string => `${call.name} ${id} ${head && JSON.stringify(head)}`

/** Whether an event's own record equals that of its parcel and goes to the same place. */
export function isAllOf<Event>(event: Event, { record, target }: Parcel<Event>, dispatch: Dispatch<Event>): boolean {
  return (
    JSON.stringify(dispatch.record(event)) === JSON.stringify(record) && keyOf(dispatch.target(event)) === keyOf(target)
  )
}

/** Events that share a record. */
type Group<Event> = Pick<Parcel<Event>, 'events' | 'queue'> & { key?: string }

/** Groups the events that share a record, unless another record of the same queue comes between them. */
function groupsOf<Event>(events: Event[], dispatch: Dispatch<Event>, apart: ReadonlySet<Event>): Group<Event>[] {
  const groups: Group<Event>[] = []
  const latest = new Map<string, Group<Event>>()
  for (const event of events) {
    const key = dispatch.recordKey?.(event)
    const queue = dispatch.queueKey ? dispatch.queueKey(event) : key
    const open = queue === undefined ? undefined : latest.get(queue)
    if (key !== undefined && open?.key === key && !apart.has(event) && !apart.has(open.events[0])) {
      open.events.push(event)
      continue
    }
    const group = { events: [event], key, queue }
    groups.push(group)
    if (queue !== undefined) latest.set(queue, group)
  }
  return groups
}

function parcelOf<Event>({ events, queue }: Group<Event>, dispatch: Dispatch<Event>): Parcel<Event> {
  const { target, record, whichCounts = 'last' } = dispatch
  const counts = whichCounts === 'first' ? events[0] : events[events.length - 1]
  const merged = whichCounts === 'merged' && events.length > 1
  return {
    events,
    queue,
    target: target(counts),
    // Unlike an assignment, this makes `__proto__` a field like any other.
    record: merged ? Object.fromEntries(events.flatMap((event) => Object.entries(record(event)))) : record(counts)
  }
}
