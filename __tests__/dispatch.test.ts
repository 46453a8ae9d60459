import { shipmentsOf } from '../src/leads/dispatch'
import type { Dispatch } from '../src/leads/dispatch'
import { CALLS } from '../src/marketo/all-calls'

/** An event about a lead that goes to a place. */
interface Parted {
  name: string
  lead: string
  to: string
}

const parted = (name: string, lead: string, to: string): Parted => ({ name, lead, to })

const each: Dispatch<Parted> = {
  target: ({ to }) => ({ call: CALLS.requestCampaign, id: to }),
  record: ({ name, lead }) => ({ lead, [name]: 1 })
}

const none: ReadonlySet<Parted> = new Set()

/** What is sent, in order: where to, and the names of the events of each record. */
const summaryOf = (events: Parted[], dispatch: Dispatch<Parted>, apart = none): [string, ...string[]][] =>
  shipmentsOf(events, dispatch, apart).map(({ target, parcels }) => [
    String(target.id),
    ...parcels.map((parcel) => parcel.events.map(({ name }) => name).join('+'))
  ])

test('events with equal targets share a shipment', () => {
  const events = [parted('a', 'Ann', 'X'), parted('b', 'Bob', 'Y'), parted('c', 'Ann', 'X')]
  expect(summaryOf(events, each)).toEqual([
    ['X', 'a', 'c'],
    ['Y', 'b']
  ])
})

test('what a target shares keeps shipments apart', () => {
  const events = [parted('a', 'Ann', 'X'), parted('b', 'Bob', 'X')]
  const withName: Dispatch<Parted> = {
    ...each,
    target: ({ to, name }) => ({ call: CALLS.requestCampaign, id: to, head: { name } })
  }
  expect(summaryOf(events, withName)).toEqual([
    ['X', 'a'],
    ['X', 'b']
  ])
})

test('records of one line never share a shipment, and keep their order', () => {
  const line: Dispatch<Parted> = { ...each, line: ({ lead }) => lead }
  const events = [
    parted('a1', 'Ann', 'X'),
    parted('a2', 'Ann', 'Y'),
    parted('b1', 'Bob', 'Y'),
    parted('a3', 'Ann', 'X'),
    parted('b2', 'Bob', 'X'),
    parted('c1', 'Cid', 'X')
  ]
  expect(summaryOf(events, line)).toEqual([
    ['X', 'a1', 'c1'],
    ['Y', 'a2', 'b1'],
    ['X', 'a3', 'b2']
  ])
})

test('of several events about one thing the last one counts, the first one, or all of them', () => {
  const events = [parted('a', 'Ann', 'X'), parted('b', 'Bob', 'X'), parted('c', 'Ann', 'Y')]
  const thing = ({ lead }: Parted): string => lead
  const recordsWith = (several: Dispatch<Parted>['several']) =>
    shipmentsOf(events, { ...each, thing, several }, none).map(({ target, parcels }) => [
      target.id,
      ...parcels.map(({ record }) => record)
    ])

  expect(recordsWith('last')).toEqual([
    ['Y', { lead: 'Ann', c: 1 }],
    ['X', { lead: 'Bob', b: 1 }]
  ])
  expect(recordsWith('first')).toEqual([['X', { lead: 'Ann', a: 1 }, { lead: 'Bob', b: 1 }]])
  expect(recordsWith('merged')).toEqual([
    ['Y', { lead: 'Ann', a: 1, c: 1 }],
    ['X', { lead: 'Bob', b: 1 }]
  ])
})

test('events about one thing do not share a record across another thing of the same line', () => {
  const events = [parted('a', 'Ann', 'X'), parted('b', 'ANN', 'X'), parted('c', 'Ann', 'X'), parted('d', 'Ann', 'X')]
  const dispatch: Dispatch<Parted> = { ...each, thing: ({ lead }) => lead, line: ({ lead }) => lead.toLowerCase() }
  expect(summaryOf(events, dispatch)).toEqual([
    ['X', 'a'],
    ['X', 'b'],
    ['X', 'c+d']
  ])
})

test('an event that is apart has a record of its own, after those before it', () => {
  const [a, b, c] = [parted('a', 'Ann', 'X'), parted('b', 'Ann', 'X'), parted('c', 'Ann', 'X')]
  const dispatch: Dispatch<Parted> = { ...each, thing: ({ lead }) => lead, several: 'merged' }
  expect(summaryOf([a, b, c], dispatch, new Set([a, b]))).toEqual([
    ['X', 'a'],
    ['X', 'b'],
    ['X', 'c']
  ])
})

test('a field of the name __proto__ is merged like any other', () => {
  const dispatch: Dispatch<Parted> = {
    ...each,
    record: ({ name }) => JSON.parse(`{"__proto__": "${name}"}`) as Record<string, string>,
    thing: ({ lead }) => lead,
    several: 'merged'
  }
  const [{ parcels }] = shipmentsOf([parted('a', 'Ann', 'X'), parted('b', 'Ann', 'X')], dispatch, none)
  expect(JSON.stringify(parcels[0].record)).toBe('{"__proto__":"b"}')
})
