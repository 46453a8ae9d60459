import { createRequestClient, createTestEvent, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import fc from 'fast-check'
import ownDestination from '../src'
import { Credentials } from '../src/marketo/transport/access-token'
import { MarketoClient } from '../src/marketo/transport/client'
import { deleteLeads, mergeLeads, syncTarget } from '../src/marketo/areas/leads'
import { isFailure } from '../src/marketo/transport/outcome'
import { sendAll } from '../src/marketo/calls/records'
import { eventOf } from './support/events'
import { mappingOf, settings, useSandbox } from './support/marketo'

/**
 * Two processes know nothing of each other while another API user changes, merges and deletes leads. Nothing that they
 * send lands on another person's lead, and in the end all visits are on their visitor's lead. A failing history
 * is replayed with HISTORY_SEED=… HISTORY_PATH=… npx jest __tests__/two-processes
 */
const runs = Number(process.env.HISTORIES ?? 300)
const replay = {
  ...(process.env.HISTORY_SEED && { seed: Number(process.env.HISTORY_SEED) }),
  ...(process.env.HISTORY_PATH && { path: process.env.HISTORY_PATH })
}

const sandbox = useSandbox({ callsPerWindow: 1_000_000, callsPerDay: 1_000_000_000 })
const destinations = [ownDestination, otherProcess()]

/** The same destination with its own memory. */
function otherProcess(): typeof ownDestination {
  let loaded: { default: typeof ownDestination } | undefined
  jest.isolateModules(() => {
    loaded = jest.requireActual<{ default: typeof ownDestination }>('../src')
  })
  if (loaded === undefined || loaded.default === ownDestination) throw new Error('There is only one process.')
  return loaded.default
}

const PEOPLE = ['ann', 'bob', 'cem'] as const
type Person = (typeof PEOPLE)[number]

interface Sent {
  process: 0 | 1
  action: 'upsertLead' | 'sendCustomActivity' | 'visitWebPage'
  people: Person[]
  knownBy: 'userId' | 'userId and email'
}
type Deed = { person: Person; deed: 'change' | 'change email' | 'merge' | 'delete' | 'become another person' }

const history = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        process: fc.constantFrom<0 | 1>(0, 1),
        action: fc.constantFrom<Sent['action']>(
          ...(['upsertLead', 'sendCustomActivity', 'visitWebPage', 'visitWebPage', 'visitWebPage'] as const)
        ),
        people: fc.array(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 4 }),
        knownBy: fc.constantFrom<Sent['knownBy']>('userId', 'userId and email')
      })
    },
    {
      weight: 2,
      arbitrary: fc.record({
        person: fc.constantFrom(...PEOPLE),
        deed: fc.constantFrom<Deed['deed']>('change', 'change email', 'merge', 'delete', 'become another person')
      })
    },
    { weight: 1, arbitrary: fc.record({ minutes: fc.constantFrom(1, 11) }) }
  ),
  { minLength: 4, maxLength: 30 }
)

const clock = { ms: Date.now() }
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.ms)
  jest.spyOn(performance, 'now').mockImplementation(() => clock.ms)
})
afterEach(() => jest.restoreAllMocks())

test(
  `nothing lands on another person's lead, whatever happens elsewhere (${runs} histories)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        sandbox().reset({ leads: [], keepDefaults: false })
        const strangers = new Set<number>()
        for (const [i, step] of steps.entries()) {
          clock.ms += 1_000
          if ('minutes' in step) clock.ms += step.minutes * 60_000
          else if ('deed' in step) await meddle(step, strangers)
          else await send(step, String(i))
        }
        clock.ms += 660_000
        for (const process of [0, 1] as const) {
          await send({ process, action: 'visitWebPage', people: [...PEOPLE], knownBy: 'userId' }, `end ${process}`)
        }
        expectVisitsAtHome(strangers)
      }),
      { numRuns: runs, ...replay }
    )
  },
  30_000 + runs * 1_000
)

/** Sends a batch, and checks at once on whose leads it landed. */
async function send({ process, action, people, knownBy }: Sent, step: string): Promise<void> {
  const marks = people.map((person, i) => `${person} ${step} ${i}`)
  const events = people.map((person, i) => ({
    ...eventOf({ userId: `user-${person}`, email: knownBy === 'userId' ? undefined : `${person}@example.com` }),
    properties: { mark: marks[i], url: `https://example.com/${marks[i]}` }
  }))
  const running = new Destination(destinations[process])
  const outcomes = await running.actions[action].executeBatch({
    data: events.map((event) => createTestEvent(event)) as unknown as JSONObject[],
    mapping: mappingOf(action, { mapping: MAPPINGS[action] }),
    settings,
    auth: undefined
  })
  expect(outcomes.filter(({ status }) => status >= 300)).toEqual([])
  const { leads, activities } = sandbox().state()
  for (const [i, mark] of marks.entries()) {
    const landed = leads.filter(({ id, fields }) => {
      return fields.notes === mark || activities.some((one) => one.leadId === id && one.primaryAttributeValue === mark)
    })
    for (const { fields } of landed) expect(fields.userId).toBe(`user-${people[i]}`)
    if (action === 'sendCustomActivity') expect(landed).toHaveLength(1)
  }
}

const MAPPINGS: Record<Sent['action'], JSONObject> = {
  upsertLead: { customFields: { notes: { '@path': '$.properties.mark' } } },
  sendCustomActivity: { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.properties.mark' } },
  visitWebPage: {}
}

/** Changes a person's lead over Marketo's API, as another API user would. */
async function meddle({ person, deed }: Deed, strangers: Set<number>): Promise<void> {
  const lead = sandbox()
    .state()
    .leads.find(({ fields }) => fields.userId === `user-${person}`)
  if (!lead) return
  const { munchkinId, clientId, clientSecret } = settings
  const client = new MarketoClient(createRequestClient(), new Credentials(munchkinId, clientId, clientSecret))
  const update = (values: JSONObject) =>
    sendAll(client, syncTarget({ action: 'updateOnly', lookupField: 'id' }), [{ id: lead.id, ...values }])
  const done = {
    change: () => update({ title: 'Changed' }),
    'change email': () => update({ email: `${person}@example.org` }),
    delete: () => deleteLeads(client, [lead.id]),
    'become another person': () => {
      strangers.add(lead.id)
      return update({ userId: `stranger-${lead.id}`, email: `stranger-${lead.id}@example.com` })
    },
    merge: async () => {
      const target = syncTarget({ action: 'createOnly', lookupField: 'email' })
      const created = await sendAll(client, target, [{ email: `${lead.id}@example.net` }])
      if (!isFailure(created[0])) await mergeLeads(client, Number(created[0].body.id), [lead.id])
      return created
    }
  }[deed]
  expect((await done()).filter(isFailure)).toEqual([])
}

/** Every visit is on its visitor's lead, if any. A lead that is deleted or becomes another person's keeps its visits. */
function expectVisitsAtHome(strangers: Set<number>): void {
  const { leads, visits } = sandbox().state()
  for (const { leadId, url } of visits) {
    const isGone = leadId !== null && !leads.some(({ id }) => id === leadId)
    if (isGone || strangers.has(Number(leadId))) continue
    const [, person] = /com\/(\w+)/.exec(url) ?? []
    const home = leads.find(({ fields }) => fields.userId === `user-${person}`)
    expect({ url, leadId }).toEqual({ url, leadId: home?.id ?? null })
  }
}
