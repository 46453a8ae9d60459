import { setTimeout } from 'node:timers/promises'
import { createTestEvent, transform } from '@segment/actions-core'
import type { JSONObject, JSONValue } from '@segment/actions-core'
import { EXAMPLES, needsLeads } from '../examples/actions'
import destination from '../src'
import { eventOf, sendOne, times } from './support/events'
import { anonymousTracking, mappingOf, sendBatch, useSandbox } from './support/marketo'
import type { ActionKey, Reported, TestEvent } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => start([]))

function start(people: string[]): void {
  sandbox().reset({ leads: people.map((userId) => ({ userId, email: `${userId}@example.com` })) })
  sandbox().setLimits({ callsPerWindow: 100_000 })
}

/** Who must be in Marketo before the events of these people are sent. */
const knownTo = (action: ActionKey, people: string[]) => (needsLeads(action) ? people : [])

const ACTIONS = Object.keys(destination.actions) as ActionKey[]
const FIELDS = ACTIONS.flatMap((action) =>
  Object.entries(destination.actions[action].fields).map(([field, { label }]) => ({ action, field, label }))
)

/** Maps each field to the event property with the same name. */
const fromProperties = (action: ActionKey): JSONObject =>
  Object.fromEntries(
    Object.keys(destination.actions[action].fields).map((field) => [field, { '@path': `$.properties.${field}` }])
  )

/** Marketo's names for a field, if they are neither its key nor its label. Errors repeat Marketo's own message. */
const MARKETO_NAMES: Record<string, string[]> = {
  street: ['address'],
  name: ['firstName', 'lastName'],
  activityTypeId: ['Activity type'],
  primaryAttributeValue: ['orderId'],
  partitionName: ['partition'],
  customFields: ['Field', 'plan'],
  attributes: ['Field', 'coupon'],
  formFields: ['Field', 'firstName'],
  formId: ['form that the', 'the form does not have'],
  leadId: ["'id'", "'leadID'"]
}

/** A valid payload for each action. */
const GOOD = Object.fromEntries(
  ACTIONS.map((action) => {
    const mapping = mappingOf(action, EXAMPLES[action])
    return [action, transform(mapping, { ...createTestEvent(eventOf({ userId: 'x' }, { firstName: 'Ada' })) })]
  })
)

const parsed = (json: string) => JSON.parse(json) as JSONValue
const HUGE = 100_000

const BAD: [string, JSONValue][] = [
  // Wrong types and null.
  ['null', null],
  ['true', true],
  ['zero', 0],
  ['a negative number', -1],
  ['a fraction', 1.5],
  ['a number beyond 32 bits', 2 ** 31],
  ['a number beyond 53 bits', 2 ** 60],
  ['an empty list', []],
  ['a list', ['a', 'b']],
  ['a list of lists', [['a'], [['b']]]],
  ['an empty object', {}],
  ['an object', { a: 1 }],
  ['an object of objects', { a: { b: { c: [] } } }],
  ['nested 1,000 times', times(1_000, () => 0).reduce<JSONValue>((inner) => ({ inner }), 'x')],
  // Empty.
  ['empty', ''],
  ['blank', ' \t '],
  // Huge.
  ['100 KB', 'x'.repeat(HUGE)],
  ['100 KB of other characters', 'é'.repeat(HUGE)],
  ['100 KB of spaces', `a${' '.repeat(HUGE)}b`],
  ['100 KB of digits', '7'.repeat(HUGE)],
  ['a URL of 100 KB', `https://example.com/${'é'.repeat(HUGE)}`],
  ['an object with 100 KB', { plan: 'x'.repeat(HUGE), coupon: 'x'.repeat(HUGE) }],
  ['an object with a key of 100 KB', { ['k'.repeat(HUGE)]: 'x' }],
  ['an object with 1,000 keys', Object.fromEntries(times(1_000, (i) => [`key${i}`, i]))],
  // Characters with a special meaning somewhere.
  ['with line breaks', 'a\r\nX-Evil: b'],
  ['with a null character', 'a\u0000b'],
  ['with control characters', '\u0001\u001b[31m\u007f'],
  ['with line separators', 'a\u2028b\u2029'],
  ['with a comma', 'a,b'],
  ['with URL characters', '%00%zz&filterType=id?#/../..;='],
  ['with quotes', `'"\`<script>{{$.userId}}\\`],
  ['not ASCII', 'Müller 日本語 😀'],
  ['half a surrogate pair', 'a\ud800'],
  ['the other half', '\udc00b'],
  ['an object with half a surrogate pair', { '\ud800': '\udc00' }],
  // Names of built-in properties.
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['an object with __proto__', parsed('{"__proto__":{"polluted":true},"plan":"x"}')],
  ['an object with constructor', { constructor: { prototype: { polluted: true } } }],
  ['an object with toString', { toString: 'x', valueOf: 'y', hasOwnProperty: 'z', length: -1 }],
  // Dates at the ends of the range, and beyond.
  ['the year 0', '0000-01-01T00:00:00Z'],
  ['no day', '0000-00-00'],
  ['the last day', '9999-12-31T23:59:59Z'],
  ['after the last day', '9999-12-31T23:59:59-12:00'],
  ['the year 275760', '+275760-09-13T00:00:00Z'],
  ['before Christ', '-000044-03-15T12:00:00Z'],
  ['the last millisecond', 8.64e15],
  ['after the last millisecond', 8.64e15 + 1],
  ['the first millisecond', -8.64e15],
  ['the largest number', 1e308],
  ['infinity in text', 'Infinity'],
  ['a long number in text', '99999999999999999999']
]

const eventWith = (action: ActionKey, person: string, given: JSONObject): TestEvent => ({
  userId: null,
  anonymousId: null,
  properties: {
    ...GOOD[action],
    ...{ email: `${person}@example.com`, userId: person, anonymousId: `x-${person}` },
    ...given
  }
})

const isDone = ({ status }: Reported) => status === 200 || status === 202

/** What is wrong with a report: an event must either succeed, or fail for good with an error that names the field. */
function complaint({ field, label }: (typeof FIELDS)[number], report: Reported): string | undefined {
  if (isDone(report)) return undefined
  const { status, errormessage = '' } = report
  if (status < 400 || status >= 500 || status === 429) return `ended with ${status}: ${errormessage.slice(0, 300)}`
  const names = [label, field, ...(MARKETO_NAMES[field] ?? [])]
  return names.some((name) => errormessage.includes(name))
    ? undefined
    : `does not name it: ${errormessage.slice(0, 300)}`
}

const sendingTo = (action: ActionKey) => ({ mapping: fromProperties(action), settings: anonymousTracking })
const BATCHED = FIELDS.filter(({ action }) => destination.actions[action].performBatch)

describe.each(BATCHED)('$action: whatever $field holds,', (which) => {
  const { action, field } = which
  // About every fourth event is bad, each with another value.
  const isBad = (i: number) => i % 4 === 1 && i >> 2 < BAD.length
  const events = times(300, (i) => eventWith(action, `p${i}`, isBad(i) ? { [field]: BAD[i >> 2][1] } : {}))

  it('a bad event fails no other event, and its error names the field', async () => {
    start(
      knownTo(
        action,
        times(300, (i) => `p${i}`)
      )
    )
    const reports = await sendBatch(action, events, sendingTo(action))
    expect(reports).toHaveLength(300)
    const goodOnes = events.flatMap((_, i) => (isBad(i) ? [] : [i]))
    expect(goodOnes.filter((i) => !isDone(reports[i])).map((i) => [i, reports[i]])).toEqual([])

    const complaints = BAD.map(([name], i) => [name, complaint(which, reports[4 * i + 1])])
    expect(complaints.filter(([, said]) => said !== undefined)).toEqual([])

    const state = sandbox().state()
    const done = reports.filter(isDone).length
    if (action === 'sendCustomActivity') expect(state.activities.length).toBe(done)
    if (action === 'visitWebPage') expect(state.visits.length).toBe(done)
    if (action === 'requestCampaign') expect(state.campaignRuns.length).toBe(done)
    if (action === 'upsertLead') {
      const users = new Set(state.leads.map(({ fields }) => fields.email))
      expect(goodOnes.filter((i) => !users.has(`p${i}@example.com`))).toEqual([])
    }
    expect(({} as JSONObject).polluted).toBeUndefined()
  }, 60_000)
})

describe.each(FIELDS)('$action: whatever $field holds,', (which) => {
  const { action, field } = which

  it('a single event ends the same way', async () => {
    start(
      knownTo(
        action,
        times(BAD.length, (i) => `s${i}`)
      )
    )
    const complaints: [string, string | undefined][] = []
    for (const [i, [name, value]] of BAD.entries()) {
      const report = await sendOne('single', action, eventWith(action, `s${i}`, { [field]: value }), sendingTo(action))
      complaints.push([name, complaint(which, report)])
    }
    expect(complaints.filter(([, said]) => said !== undefined)).toEqual([])
  }, 60_000)
})

// These tests come last because nothing else can run while a regular expression backtracks.
describe('No event blocks the others, whatever it holds:', () => {
  it.each<[string, ActionKey, string, string]>([
    ['a date with 100 KB of remarks', 'upsertLead', 'dateOfBirth', `Jan 1 2024 ${'Z('.repeat(HUGE / 2)}`],
    ['a date with 100 KB of remarks', 'sendCustomActivity', 'activityDate', `Jan 1 2024 ${'Z('.repeat(HUGE / 2)}`],
    ['100 KB of spaces in a value that Marketo’s error repeats', 'upsertLead', 'partitionName', `a${' '.repeat(HUGE)}b`]
  ])(
    '%s (%s, %s)',
    async (_, action, field, value) => {
      const sending = { mapping: fromProperties(action), settings: anonymousTracking }
      const [good, bad] = await sendBatch(
        action,
        [eventWith(action, 'good', {}), eventWith(action, 'bad', { [field]: value })],
        sending
      )
      // Jest can check its time limit only between two tasks.
      await setTimeout(1)
      expect(good.status).toBe(200)
      expect(
        complaint({ action, field, label: String(destination.actions[action].fields[field].label) }, bad)
      ).toBeUndefined()
    },
    3_000
  )
})
