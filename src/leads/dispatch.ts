import type { JSONLikeObject } from '@segment/actions-core'
import type { RecordTarget } from '../marketo/records'

/** What an action does with its events, once their leads are known. */
export interface Dispatch<Event> {
  /** Where an event's record goes. Records of equal targets share calls. */
  target: (event: Event) => RecordTarget
  record: (event: Event) => JSONLikeObject
  /** The thing that the record is about. Events about the same thing share a record. Without it, each has its own. */
  thing?: (event: Event) => string
  /** Which events about one thing count: the first one, the last one, or all of them, with later values over earlier ones. */
  several?: 'first' | 'last' | 'merged'
  /**
   * Records of the same line never share a call, and reach Marketo in the order of their events: if one will be
   * retried, the later ones wait for it. Without it, the thing is the line.
   */
  line?: (event: Event) => string
}

/** One record, and the events that it is for. */
export interface Parcel<Event> {
  record: JSONLikeObject
  target: RecordTarget
  events: Event[]
  line?: string
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
  const latestOfLine = new Map<string, number>()
  for (const group of groupsOf(events, dispatch, apart)) {
    const parcel = parcelOf(group, dispatch)
    const { line } = group
    const key = keyOf(parcel.target)
    const after = line === undefined ? -1 : latestOfLine.get(line) ?? -1
    const places = byTarget.get(key) ?? []
    byTarget.set(key, places)
    let place = firstAfter(places, after)
    if (place === undefined) {
      place = shipments.push({ target: parcel.target, parcels: [] }) - 1
      places.push(place)
    }
    shipments[place].parcels.push(parcel)
    if (line !== undefined) latestOfLine.set(line, place)
  }
  return shipments
}

/** Groups of shipments, in order. The shipments of a group can go at once, because no line is in two of them. */
export function wavesOf<Event>(shipments: Shipment<Event>[]): Shipment<Event>[][] {
  const waves: Shipment<Event>[][] = []
  let linesOfWave = new Set<string>()
  for (const shipment of shipments) {
    const lines = shipment.parcels.flatMap(({ line }) => line ?? [])
    if (waves.length === 0 || lines.some((line) => linesOfWave.has(line))) {
      waves.push([])
      linesOfWave = new Set()
    }
    waves[waves.length - 1].push(shipment)
    for (const line of lines) linesOfWave.add(line)
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
type Group<Event> = Pick<Parcel<Event>, 'events' | 'line'> & { thing?: string }

/** Groups the events about one thing, unless another thing of the same line comes between them. */
function groupsOf<Event>(events: Event[], dispatch: Dispatch<Event>, apart: ReadonlySet<Event>): Group<Event>[] {
  const groups: Group<Event>[] = []
  const latest = new Map<string, Group<Event>>()
  for (const event of events) {
    const thing = dispatch.thing?.(event)
    const line = dispatch.line ? dispatch.line(event) : thing
    const open = line === undefined ? undefined : latest.get(line)
    if (thing !== undefined && open?.thing === thing && !apart.has(event) && !apart.has(open.events[0])) {
      open.events.push(event)
      continue
    }
    const group = { events: [event], thing, line }
    groups.push(group)
    if (line !== undefined) latest.set(line, group)
  }
  return groups
}

function parcelOf<Event>({ events, line }: Group<Event>, dispatch: Dispatch<Event>): Parcel<Event> {
  const { target, record, several = 'last' } = dispatch
  const counts = several === 'first' ? events[0] : events[events.length - 1]
  const merged = several === 'merged' && events.length > 1
  return {
    events,
    line,
    target: target(counts),
    // Unlike an assignment, this makes `__proto__` a field like any other.
    record: merged ? Object.fromEntries(events.flatMap((event) => Object.entries(record(event)))) : record(counts)
  }
}
