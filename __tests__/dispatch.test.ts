import { shipmentsOf } from '../src/leads/dispatch'
import type { Dispatch } from '../src/leads/dispatch'
import { CALLS } from '../src/marketo/all-calls'

/** An event about a lead, with the target of its call. */
interface TargetedEvent {
  name: string
  lead: string
  to: string
}

const targeted = (name: string, lead: string, to: string): TargetedEvent => ({ name, lead, to })

const each: Dispatch<TargetedEvent> = {
  target: ({ to }) => ({ call: CALLS.requestCampaign, id: to }),
  record: ({ name, lead }) => ({ lead, [name]: 1 })
}

const none: ReadonlySet<TargetedEvent> = new Set()

/** The shipments in order: the ID of the target, and the event names of each record. */
const summaryOf = (events: TargetedEvent[], dispatch: Dispatch<TargetedEvent>, apart = none): [string, ...string[]][] =>
  shipmentsOf(events, dispatch, apart).map(({ target, parcels }) => [
    String(target.id),
    ...parcels.map((parcel) => parcel.events.map(({ name }) => name).join('+'))
  ])

test('events with equal targets share a shipment', () => {
  const events = [targeted('a', 'Ann', 'X'), targeted('b', 'Bob', 'Y'), targeted('c', 'Ann', 'X')]
  expect(summaryOf(events, each)).toEqual([
    ['X', 'a', 'c'],
    ['Y', 'b']
  ])
})

test('targets with different heads make separate shipments', () => {
  const events = [targeted('a', 'Ann', 'X'), targeted('b', 'Bob', 'X')]
  const withName: Dispatch<TargetedEvent> = {
    ...each,
    target: ({ to, name }) => ({ call: CALLS.requestCampaign, id: to, head: { name } })
  }
  expect(summaryOf(events, withName)).toEqual([
    ['X', 'a'],
    ['X', 'b']
  ])
})

test('records in the same queue never share a shipment, and keep their order', () => {
  const inOrder: Dispatch<TargetedEvent> = { ...each, queueKey: ({ lead }) => lead }
  const events = [
    targeted('a1', 'Ann', 'X'),
    targeted('a2', 'Ann', 'Y'),
    targeted('b1', 'Bob', 'Y'),
    targeted('a3', 'Ann', 'X'),
    targeted('b2', 'Bob', 'X'),
    targeted('c1', 'Cid', 'X')
  ]
  expect(summaryOf(events, inOrder)).toEqual([
    ['X', 'a1', 'c1'],
    ['Y', 'a2', 'b1'],
    ['X', 'a3', 'b2']
  ])
})

test('events with the same record key become the last record, the first record, or all merged', () => {
  const events = [targeted('a', 'Ann', 'X'), targeted('b', 'Bob', 'X'), targeted('c', 'Ann', 'Y')]
  const recordKey = ({ lead }: TargetedEvent): string => lead
  const recordsWith = (whichCounts: Dispatch<TargetedEvent>['whichCounts']) =>
    shipmentsOf(events, { ...each, recordKey, whichCounts }, none).map(({ target, parcels }) => [
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

test('events with the same record key do not share a record if another record of the same queue is between them', () => {
  const events = [
    targeted('a', 'Ann', 'X'),
    targeted('b', 'ANN', 'X'),
    targeted('c', 'Ann', 'X'),
    targeted('d', 'Ann', 'X')
  ]
  const dispatch: Dispatch<TargetedEvent> = {
    ...each,
    recordKey: ({ lead }) => lead,
    queueKey: ({ lead }) => lead.toLowerCase()
  }
  expect(summaryOf(events, dispatch)).toEqual([
    ['X', 'a'],
    ['X', 'b'],
    ['X', 'c+d']
  ])
})

test('an event that is kept apart has its own record, after the earlier ones', () => {
  const [a, b, c] = [targeted('a', 'Ann', 'X'), targeted('b', 'Ann', 'X'), targeted('c', 'Ann', 'X')]
  const dispatch: Dispatch<TargetedEvent> = { ...each, recordKey: ({ lead }) => lead, whichCounts: 'merged' }
  expect(summaryOf([a, b, c], dispatch, new Set([a, b]))).toEqual([
    ['X', 'a'],
    ['X', 'b'],
    ['X', 'c']
  ])
})

test('a field named __proto__ is merged like any other', () => {
  const dispatch: Dispatch<TargetedEvent> = {
    ...each,
    record: ({ name }) => JSON.parse(`{"__proto__": "${name}"}`) as Record<string, string>,
    recordKey: ({ lead }) => lead,
    whichCounts: 'merged'
  }
  const [{ parcels }] = shipmentsOf([targeted('a', 'Ann', 'X'), targeted('b', 'Ann', 'X')], dispatch, none)
  expect(JSON.stringify(parcels[0].record)).toBe('{"__proto__":"b"}')
})
