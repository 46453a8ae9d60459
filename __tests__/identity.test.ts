import type { JSONObject } from '@segment/actions-core'
import type { Lead } from '../sandbox/contract'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import type { Who } from './support/events'
import { anonymousTracking, callsOf, exchangesOfBatch, sendBatch, settings, useSandbox } from './support/marketo'
import type { Reported, Sending } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [] }))

const usage = () => sandbox().state().usage

type Fields = Lead['fields']
interface Step extends Who {
  /** Sends a custom activity instead of an Identify event. */
  does?: 'activity'
  city?: string
  leadId?: number
  status?: number
}
interface Story {
  name: string
  tracking: ('on' | 'off')[]
  before?: (JSONObject & { id?: number })[]
  steps: Step[]
  /** All leads at the end, with their number of `activities` if they have any. */
  leads: (Fields & { activities?: number })[]
}

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'

const STORIES: Story[] = [
  {
    name: 'an anonymous visitor who sends activities and then identifies is one lead with all activities',
    tracking: ['on'],
    steps: [
      { does: 'activity', anonymousId: 'x' },
      { does: 'activity', anonymousId: 'x' },
      { userId: 'ada', anonymousId: 'x', email: ADA, city: 'London' },
      { does: 'activity', userId: 'ada' },
      { does: 'activity', anonymousId: 'x' }
    ],
    leads: [{ userId: 'ada', anonymousId: 'x', email: ADA, city: 'London', activities: 4 }]
  },
  {
    name: 'an anonymous visitor’s activities are rejected, and the user is one lead',
    tracking: ['off'],
    steps: [
      { does: 'activity', anonymousId: 'x', status: 400 },
      { userId: 'ada', anonymousId: 'x', email: ADA },
      { does: 'activity', userId: 'ada', anonymousId: 'x' }
    ],
    leads: [{ userId: 'ada', email: ADA, activities: 1 }]
  },
  {
    name: 'an anonymous lead becomes the known one',
    tracking: ['on'],
    before: [{ anonymousId: 'x', plan: 'trial' }],
    steps: [
      { anonymousId: 'x', city: 'London' },
      { userId: 'ada', anonymousId: 'x' },
      { userId: 'ada', email: ADA }
    ],
    leads: [{ anonymousId: 'x', plan: 'trial', city: 'London', userId: 'ada', email: ADA }]
  },
  {
    name: 'a user known by user ID who later gives an email is one lead',
    tracking: ['on', 'off'],
    steps: [
      { userId: 'ada', city: 'London' },
      { userId: 'ada', email: ADA },
      { does: 'activity', userId: 'ada' }
    ],
    leads: [{ userId: 'ada', city: 'London', email: ADA, activities: 1 }]
  },
  {
    name: 'a lead known by email gets the user ID',
    tracking: ['on', 'off'],
    before: [{ email: ADA, plan: 'trial' }],
    steps: [
      { userId: 'ada', email: ADA },
      { userId: 'ada', city: 'London' }
    ],
    leads: [{ email: ADA, plan: 'trial', userId: 'ada', city: 'London' }]
  },
  {
    name: 'a user who changes the email is one lead with the new email',
    tracking: ['on', 'off'],
    steps: [
      { userId: 'ada', email: ADA, city: 'London' },
      { userId: 'ada', email: 'king@example.com' },
      { does: 'activity', userId: 'ada', email: 'king@example.com' }
    ],
    leads: [{ userId: 'ada', email: 'king@example.com', city: 'London', activities: 1 }]
  },
  {
    name: 'a user who changes the email of a lead in Marketo is one lead with the new email',
    tracking: ['on', 'off'],
    before: [{ userId: 'ada', email: ADA, plan: 'trial' }],
    steps: [
      { userId: 'ada', email: 'king@example.com' },
      { email: 'king@example.com', userId: 'ada', city: 'London' }
    ],
    leads: [{ userId: 'ada', email: 'king@example.com', plan: 'trial', city: 'London' }]
  },
  {
    name: 'two people on one browser are two leads with separate data',
    tracking: ['on'],
    steps: [
      { userId: 'ada', anonymousId: 'x', email: ADA, city: 'London' },
      { userId: 'bob', anonymousId: 'x', email: BOB },
      { does: 'activity', userId: 'ada', anonymousId: 'x' },
      { does: 'activity', userId: 'bob', anonymousId: 'x' },
      { does: 'activity', userId: 'ada', anonymousId: 'x', email: ADA }
    ],
    leads: [
      { userId: 'ada', anonymousId: 'x', email: ADA, city: 'London', activities: 2 },
      { userId: 'bob', anonymousId: 'x', email: BOB, activities: 1 }
    ]
  },
  {
    name: 'two people on one browser with only user IDs are two leads',
    tracking: ['on', 'off'],
    steps: [
      { userId: 'ada', anonymousId: 'x', city: 'London' },
      { userId: 'bob', anonymousId: 'x' },
      { userId: 'ada', anonymousId: 'x', email: ADA }
    ],
    leads: [{ userId: 'ada', city: 'London', email: ADA }, { userId: 'bob' }]
  },
  {
    name: 'two people on one browser with only emails are two leads',
    tracking: ['on'],
    steps: [
      { anonymousId: 'x', email: ADA, city: 'London' },
      { anonymousId: 'x', email: BOB },
      { anonymousId: 'x', email: ADA }
    ],
    leads: [
      { anonymousId: 'x', email: ADA, city: 'London' },
      { anonymousId: 'x', email: BOB }
    ]
  },
  {
    name: 'the first of two people on an anonymous browser becomes the anonymous lead, and the second becomes a new lead',
    tracking: ['on'],
    before: [{ anonymousId: 'x', plan: 'trial' }],
    steps: [
      { userId: 'ada', anonymousId: 'x' },
      { userId: 'bob', anonymousId: 'x', city: 'Paris' }
    ],
    leads: [
      { anonymousId: 'x', plan: 'trial', userId: 'ada' },
      { anonymousId: 'x', userId: 'bob', city: 'Paris' }
    ]
  },
  {
    name: 'emails that differ only in case are one lead',
    tracking: ['on', 'off'],
    steps: [
      { userId: 'ada', email: 'Ada@Example.com', city: 'London' },
      { userId: 'ada2', email: 'ADA@EXAMPLE.COM' },
      { does: 'activity', userId: 'ada3', email: 'ada@example.com' }
    ],
    leads: [{ userId: 'ada2', email: 'ADA@EXAMPLE.COM', city: 'London', activities: 1 }]
  },
  {
    name: 'the newer of two leads with the same email in Marketo is used',
    tracking: ['on', 'off'],
    before: [
      { email: ADA, plan: 'older' },
      { email: ADA, plan: 'newer' }
    ],
    steps: [
      { userId: 'ada', email: ADA, city: 'London' },
      { does: 'activity', userId: 'ada', email: ADA }
    ],
    leads: [
      { email: ADA, plan: 'older' },
      { email: ADA, plan: 'newer', userId: 'ada', city: 'London', activities: 1 }
    ]
  },
  {
    name: 'the newer of two leads with the same user ID in Marketo is used',
    tracking: ['on', 'off'],
    before: [
      { userId: 'ada', plan: 'older' },
      { userId: 'ada', plan: 'newer' }
    ],
    steps: [
      { userId: 'ada', city: 'London' },
      { does: 'activity', userId: 'ada' }
    ],
    leads: [
      { userId: 'ada', plan: 'older' },
      { userId: 'ada', plan: 'newer', city: 'London', activities: 1 }
    ]
  },
  {
    name: 'an event with the email of one lead and the user ID of another uses the first if that has no user ID',
    tracking: ['on', 'off'],
    before: [
      { userId: 'ada', plan: 'a' },
      { email: BOB, plan: 'b' }
    ],
    steps: [
      { userId: 'ada', email: BOB, city: 'Paris' },
      { does: 'activity', userId: 'ada', email: BOB }
    ],
    leads: [
      { userId: 'ada', plan: 'a' },
      { userId: 'ada', email: BOB, plan: 'b', city: 'Paris', activities: 1 }
    ]
  },
  {
    name: 'a lead ID wins over email and user ID',
    tracking: ['on', 'off'],
    before: [
      { id: 7, plan: 'a' },
      { id: 8, email: BOB, userId: 'bob' }
    ],
    steps: [
      { leadId: 7, email: 'king@example.com', userId: 'ada' },
      { does: 'activity', leadId: 7, userId: 'ada' }
    ],
    leads: [
      { plan: 'a', email: 'king@example.com', userId: 'ada', activities: 1 },
      { email: BOB, userId: 'bob' }
    ]
  },
  {
    name: 'values with a comma find and create only their own leads',
    tracking: ['on', 'off'],
    before: [{ userId: 'x' }, { userId: 'y' }, { userId: 'x,y', plan: 'comma' }, { email: '"a,b"@example.com' }],
    steps: [
      { userId: 'x,y', city: 'London' },
      { userId: 'u,v', city: 'Paris' },
      { userId: 'b', email: '"a,b"@example.com', city: 'Rome' },
      { userId: 'x', city: 'Oslo' },
      { does: 'activity', userId: 'x,y' },
      { does: 'activity', userId: 'u,v' }
    ],
    leads: [
      { userId: 'x', city: 'Oslo' },
      { userId: 'y' },
      { userId: 'x,y', plan: 'comma', city: 'London', activities: 1 },
      { userId: 'b', email: '"a,b"@example.com', city: 'Rome' },
      { userId: 'u,v', city: 'Paris', activities: 1 }
    ]
  },
  {
    // Marketo's filter cannot search for such a value, and Sync Leads does not choose between two leads.
    name: 'two leads that share a user ID with a comma are left alone, and the error says to merge them',
    tracking: ['on', 'off'],
    before: [
      { userId: 'x,y', plan: 'older' },
      { userId: 'x,y', plan: 'newer' }
    ],
    steps: [{ userId: 'x,y', city: 'London', status: 400 }],
    leads: [
      { userId: 'x,y', plan: 'older' },
      { userId: 'x,y', plan: 'newer' }
    ]
  },
  {
    name: 'IDs that differ in white space or in kind are different people',
    tracking: ['on'],
    steps: [{ userId: 'ada' }, { userId: 'ada ' }, { anonymousId: 'ada' }],
    leads: [{ userId: 'ada' }, { userId: 'ada ' }, { anonymousId: 'ada' }]
  },
  {
    name: 'IDs that differ only in case are one person because Marketo’s search ignores case',
    tracking: ['on'],
    steps: [
      { userId: 'ada', city: 'London' },
      { does: 'activity', userId: 'ADA' },
      { userId: 'Ada' },
      { anonymousId: 'x' },
      { does: 'activity', anonymousId: 'X' }
    ],
    leads: [
      { userId: 'Ada', city: 'London', activities: 1 },
      { anonymousId: 'x', activities: 1 }
    ]
  },
  {
    name: 'the lead with the exact value is used among leads whose user IDs or emails differ only in case',
    tracking: ['on', 'off'],
    before: [{ userId: 'ada' }, { userId: 'ADA' }, { email: 'Bob@Example.com' }, { email: BOB }],
    steps: [
      { userId: 'ada', city: 'London' },
      { does: 'activity', userId: 'ADA' },
      { userId: 'bob', email: 'Bob@Example.com', city: 'Paris' }
    ],
    leads: [
      { userId: 'ada', city: 'London' },
      { userId: 'ADA', activities: 1 },
      { email: 'Bob@Example.com', userId: 'bob', city: 'Paris' },
      { email: BOB }
    ]
  },
  {
    name: 'a malformed or non-ASCII email counts as absent if the event has a user ID, and is not written',
    tracking: ['on', 'off'],
    before: [{ userId: '1', email: 'one@example.com' }],
    steps: [
      { userId: '1', email: 'bücher@example.com', city: 'London' },
      ...['ada@bücher.example', 'ada', 'ada@example', 'a b@example.com', 'ada@b@example.com', 'N/A'].map(
        (email, i) => ({
          userId: `${i + 2}`,
          email
        })
      ),
      { userId: '8', email: 'ada@xn--bcher-kva.example' },
      { userId: '9', email: ' bob@example.com ' },
      { does: 'activity', userId: '1', email: 'badRecord.email.com' },
      { does: 'activity', userId: '2', email: 'ada@example.com\u0000' }
    ],
    leads: [
      { userId: '1', email: 'one@example.com', city: 'London', activities: 1 },
      { userId: '2', activities: 1 },
      ...['3', '4', '5', '6', '7'].map((userId) => ({ userId })),
      { userId: '8', email: 'ada@xn--bcher-kva.example' },
      { userId: '9', email: BOB }
    ]
  },
  {
    name: 'a malformed email without another key is refused, and the other events succeed',
    tracking: ['on'],
    steps: [
      { email: 'ada', status: 400 },
      { does: 'activity', email: 'bücher@example.com', status: 400 },
      { email: ADA }
    ],
    leads: [{ email: ADA }]
  },
  {
    name: 'a user ID that is an email address counts as the email too',
    tracking: ['on', 'off'],
    before: [{ email: ADA, plan: 'form' }],
    steps: [
      { userId: ADA, city: 'London' },
      { does: 'activity', userId: ADA },
      { userId: BOB },
      { userId: BOB, email: 'king@example.com' }
    ],
    leads: [
      { email: ADA, userId: ADA, plan: 'form', city: 'London', activities: 1 },
      { email: 'king@example.com', userId: BOB }
    ]
  },
  {
    name: 'the lead with the event’s user ID, not the newest, is used among leads with the same email',
    tracking: ['on', 'off'],
    before: [
      { email: ADA, userId: 'u2', plan: 'two' },
      { email: ADA, userId: 'u1', plan: 'one' },
      { email: ADA, plan: 'none' }
    ],
    steps: [
      { userId: 'u2', email: ADA, city: 'London' },
      { does: 'activity', userId: 'u1', email: ADA },
      { userId: 'u3', email: ADA, city: 'Paris' }
    ],
    leads: [
      { email: ADA, userId: 'u2', plan: 'two', city: 'London' },
      { email: ADA, userId: 'u1', plan: 'one', activities: 1 },
      { email: ADA, userId: 'u3', plan: 'none', city: 'Paris' }
    ]
  },
  {
    name: 'the most recently updated lead is used among leads with the same email and other user IDs',
    tracking: ['on', 'off'],
    before: [
      { email: ADA, userId: 'u1', plan: 'one' },
      { email: ADA, userId: 'u2', plan: 'two' }
    ],
    steps: [
      { userId: 'u1', email: ADA, city: 'London' },
      { userId: 'u3', email: ADA, city: 'Paris' }
    ],
    leads: [
      { email: ADA, userId: 'u3', plan: 'one', city: 'Paris' },
      { email: ADA, userId: 'u2', plan: 'two' }
    ]
  },
  {
    name: 'another person’s email on an event moves no data to that person’s lead',
    tracking: ['on', 'off'],
    before: [
      { userId: 'u1', email: 'e1@x.org' },
      { userId: 'u2', email: 'e2@x.org' }
    ],
    steps: [
      { does: 'activity', userId: 'u2' },
      { does: 'activity', userId: 'u2' },
      { does: 'activity', userId: 'u2', email: 'e1@x.org' },
      { does: 'activity', userId: 'u2', email: 'E1@X.org' }
    ],
    leads: [
      { userId: 'u1', email: 'e1@x.org' },
      { userId: 'u2', email: 'e2@x.org', activities: 4 }
    ]
  },
  {
    name: 'two people who share an email keep their own activities',
    tracking: ['on', 'off'],
    before: [
      { userId: 'u1', email: 'e1@x.org' },
      { userId: 'u2', email: 'e2@x.org' }
    ],
    steps: [
      { does: 'activity', userId: 'u1', email: 'info@x.org' },
      { does: 'activity', userId: 'u2', email: 'info@x.org' },
      { does: 'activity', userId: 'u1' },
      { does: 'activity', userId: 'u2' },
      { does: 'activity', userId: 'u2' }
    ],
    leads: [
      { userId: 'u1', email: 'e1@x.org', activities: 2 },
      { userId: 'u2', email: 'e2@x.org', activities: 3 }
    ]
  },
  {
    name: 'a user ID that moves to another lead by lead ID is followed event by event',
    tracking: ['on', 'off'],
    before: [
      { id: 7, userId: 'ada', plan: 'a' },
      { id: 8, email: BOB, plan: 'b' }
    ],
    steps: [
      { userId: 'ada', city: 'London' },
      { leadId: 7, userId: 'king' },
      { leadId: 8, userId: 'ada' },
      { userId: 'ada', city: 'Paris' },
      { userId: 'king', city: 'Rome' }
    ],
    leads: [
      { plan: 'a', userId: 'king', city: 'Rome' },
      { plan: 'b', userId: 'ada', email: BOB, city: 'Paris' }
    ]
  },
  {
    name: 'a user ID that a lead gives up in the batch creates a new lead',
    tracking: ['on', 'off'],
    before: [{ id: 7, userId: 'ada', plan: 'a' }],
    steps: [
      { leadId: 7, userId: 'king' },
      { userId: 'ada', city: 'Paris' },
      { userId: 'king', city: 'Rome' }
    ],
    leads: [
      { plan: 'a', userId: 'king', city: 'Rome' },
      { userId: 'ada', city: 'Paris' }
    ]
  }
]

const CASES = STORIES.flatMap((story) => story.tracking.map((tracking) => ({ ...story, tracking })))

function sendingOf(step: Step, tracking: 'on' | 'off'): Sending {
  const mapping = { leadId: { '@path': '$.traits.leadId' } }
  return {
    settings: tracking === 'on' ? anonymousTracking : settings,
    mapping: step.does ? { ...mapping, activityTypeId: 100001, primaryAttributeValue: 'x' } : mapping
  }
}

function eventFor({ city, leadId, ...who }: Step) {
  return eventOf(who, { ...(city && { address: { city } }), ...(leadId && { leadId }) })
}

/** Sends steps with the same action in one batch, or one step as a single event. */
async function sendSteps(
  steps: Step[],
  tracking: 'on' | 'off',
  way: 'single' | 'batch' = 'batch'
): Promise<Reported[]> {
  const action = steps[0].does ? 'sendCustomActivity' : 'upsertLead'
  const sending = sendingOf(steps[0], tracking)
  if (way === 'single') return [await sendOne('single', action, eventFor(steps[0]), sending)]
  return sendBatch(action, steps.map(eventFor), sending)
}

/** Splits a story into batches: one batch holds the events of one action. */
function batchesOf(steps: Step[]): Step[][] {
  const batches: Step[][] = []
  for (const step of steps) {
    const last = batches[batches.length - 1]
    if (last && last[0].does === step.does) last.push(step)
    else batches.push([step])
  }
  return batches
}

function expectEnd({ steps, leads }: Pick<Story, 'steps' | 'leads'>, reports: Reported[]): void {
  expect(statusesOf(reports)).toEqual(steps.map(({ status = 200 }) => status))
  const state = sandbox().state()
  const counted = state.leads.map(({ id, fields }) => {
    const activities = state.activities.filter(({ leadId }) => leadId === id).length
    return { ...fields, ...(activities > 0 && { activities }) }
  })
  expect(counted).toHaveLength(leads.length)
  for (const lead of leads) expect(counted).toContainEqual(expect.objectContaining(lead))
  expect(counted.filter(({ activities = 0 }) => activities).length).toBe(leads.filter((lead) => lead.activities).length)
  for (const { errormessage, status } of reports)
    if (status === 400) expect(errormessage).toMatch(/Email|User ID|Merge the dup/)
}

describe.each(CASES)('With anonymous tracking $tracking, $name', ({ tracking, before = [], steps, leads }) => {
  beforeEach(() => sandbox().reset({ leads: before }))

  it('in one batch', async () => {
    const reports: Reported[] = []
    for (const batch of batchesOf(steps)) reports.push(...(await sendSteps(batch, tracking)))
    expectEnd({ steps, leads }, reports)
  })

  it.each(WAYS)('one event at a time (%s)', async (way) => {
    const reports: Reported[] = []
    for (const step of steps) reports.push(...(await sendSteps([step], tracking, way)))
    expectEnd({ steps, leads }, reports)
  })
})

describe('Two parallel processes', () => {
  it.each([
    ['new people', []],
    [
      'known people',
      [
        { email: ADA, plan: 'a' },
        { userId: 'bob', plan: 'b' }
      ]
    ]
  ])('leave exactly one lead for each person (%s)', async (_, before) => {
    sandbox().reset({ leads: before })
    const events = times(20, (i) =>
      i % 2
        ? eventOf({ userId: 'ada', email: i % 4 === 1 ? ADA : ADA.toUpperCase() })
        : eventOf({ userId: 'bob', email: BOB })
    )
    const both = await Promise.all([
      sendBatch('upsertLead', events),
      sendBatch('upsertLead', [...events].reverse()),
      sendBatch('sendCustomActivity', events, sendingOf({ does: 'activity' }, 'off'))
    ])
    expect(both.map(statusesOf)).toEqual(times(3, () => times(20, () => 200)))
    expect(
      leadFields(sandbox())
        .map(({ userId }) => userId)
        .sort()
    ).toEqual(['ada', 'bob'])
    const { activities } = sandbox().state()
    const ada = leadWith(sandbox(), 'userId', 'ada').id
    expect(activities).toHaveLength(20)
    expect(activities.filter(({ leadId }) => leadId === ada)).toHaveLength(10)
  })

  it.each([
    ['Identify', 'Track'],
    ['Track', 'Identify']
  ])('create one lead for a new person whose %s event arrives together with the %s event', async (first) => {
    // As on sign-up: only one of the events has the email.
    const identify = () => sendBatch('upsertLead', [eventOf({ userId: 'ada', email: ADA })])
    const mapping = { activityTypeId: 100001, primaryAttributeValue: 'x' }
    const track = () => sendBatch('sendCustomActivity', [eventOf({ userId: 'ada' })], { mapping })
    await Promise.all(first === 'Identify' ? [identify(), track()] : [track(), identify()])
    expect(leadFields(sandbox())).toEqual([{ userId: 'ada', email: ADA }])
  })
})

const bodyOf = ({ body }: { body?: unknown }): string => (typeof body === 'string' ? body : '')

/** All records sent to Sync Leads. */
function recordsOf(exchanges: Awaited<ReturnType<typeof exchangesOfBatch>>['exchanges']): unknown[] {
  const bodies = exchanges.map(({ options }) => bodyOf(options)).filter((body) => body.startsWith('{'))
  return bodies.flatMap((body) => (JSON.parse(body) as { input: unknown[] }).input)
}

describe('A batch', () => {
  it('with 300 events of one user sends one record, and each event gets its outcome', async () => {
    const events = times(300, (i) => eventOf({ userId: 'ada', email: ADA }, { address: { city: `city ${i}` } }))
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', events)
    const written = recordsOf(exchanges)
    expect(written).toEqual([{ email: ADA, userId: 'ada', city: 'city 299' }])
    expect(new Set(reports.map((report) => JSON.stringify(report))).size).toBe(1)
    expect(reports).toHaveLength(300)
    expect(reports[0]).toMatchObject({ status: 200, sent: { city: 'city 299' }, body: { status: 'created' } })
  })

  it.each<[string, (i: number) => Who]>([
    ['lead ID', (i) => ({ email: `${i}@example.com`, userId: `u${i}` })],
    ['email', (i) => ({ email: i % 2 ? ADA : 'Ada@Example.COM', userId: `u${i}` })],
    ['user ID', (i) => ({ email: `${i}@example.com`, userId: 'ada' })],
    ['Anonymous ID', () => ({ anonymousId: 'x' })]
  ])('with 300 events that share a %s sends one record', async (key, who) => {
    sandbox().reset({ leads: [{ id: 7 }] })
    const events = times(300, (i) => eventOf(who(i), key === 'lead ID' ? { leadId: 7 } : {}))
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', events, sendingOf({}, 'on'))
    expect(new Set(statusesOf(reports))).toEqual(new Set([200]))
    expect(recordsOf(exchanges)).toHaveLength(1)
    expect(leadFields(sandbox())).toHaveLength(key === 'lead ID' ? 1 : 2)
  })

  it('prefers later values to earlier ones, field by field', async () => {
    await sendBatch('upsertLead', [
      eventOf({ userId: 'ada' }, { phone: '1', address: { city: 'London' } }),
      eventOf({ userId: 'ada' }, { phone: '2' }),
      eventOf({ userId: 'ada' }, { firstName: 'Ada' })
    ])
    expect(leadFields(sandbox())).toEqual([{ userId: 'ada', phone: '2', city: 'London', firstName: 'Ada' }])
  })

  const chain = [
    { userId: 'ada' },
    { userId: 'ada', email: ADA },
    { email: ADA, anonymousId: 'x' },
    { anonymousId: 'x' }
  ]
  const whole = { userId: 'ada', email: ADA, anonymousId: 'x' }

  it.each([
    ['from its strongest link', [0, 1, 2, 3], [whole]],
    ['from its weakest link', [3, 2, 1, 0], [whole]],
    // The first two events share no key, and no later event merges their leads.
    ['with its ends first', [0, 3, 1, 2], [whole, { anonymousId: 'x' }]]
  ])('follows a chain of keys %s exactly as far as its events do one by one', async (_how, order, leads) => {
    const events = order.map((i) => eventOf(chain[i]))
    const sending = { settings: anonymousTracking }
    expect(statusesOf(await sendBatch('upsertLead', events, sending))).toEqual([200, 200, 200, 200])
    const inBatch = leadFields(sandbox())
    sandbox().reset({ leads: [] })
    for (const event of events) await sendOne('single', 'upsertLead', event, sending)
    const oneByOne = leadFields(sandbox())
    expect(inBatch).toHaveLength(leads.length)
    for (const lead of leads) {
      expect(inBatch).toContainEqual(lead)
      expect(oneByOne).toContainEqual(lead)
    }
  })

  it('joins events that find the same lead in Marketo', async () => {
    sandbox().reset({ leads: [{ userId: 'ada', email: ADA, anonymousId: 'x' }] })
    const events = [{ userId: 'ada' }, { email: ADA }, { anonymousId: 'x' }].map((who) => eventOf(who))
    const { exchanges } = await exchangesOfBatch('upsertLead', events, { settings: anonymousTracking })
    expect(recordsOf(exchanges)).toEqual([
      { id: expect.any(Number) as number, userId: 'ada', email: ADA, anonymousId: 'x' }
    ])
  })

  it('fails only the events that need an email whose look-up failed', async () => {
    sandbox().reset({ leads: [{ id: 7 }] })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
    const events = [eventOf({ userId: 'ada', email: ADA }), eventOf({ userId: 'bob' }), eventOf({}, { leadId: 7 })]
    const reports = await sendBatch('upsertLead', events, sendingOf({}, 'off'))
    expect(statusesOf(reports)).toEqual([500, 200, 200])
    expect(leadFields(sandbox())).toEqual([{}, { userId: 'bob' }])
  })

  it('is resolved without the Anonymous ID when anonymous tracking is off', async () => {
    const { exchanges } = await exchangesOfBatch('upsertLead', [
      eventOf({ userId: 'ada', anonymousId: 'secret-browser' })
    ])
    const sent = exchanges.map(({ url, options }) => `${url} ${bodyOf(options)}`).join('\n')
    expect(sent).toContain('ada')
    expect(sent).not.toContain('secret-browser')
  })
})

describe('Filters beyond Marketo’s limits:', () => {
  const email = (i: number) => `a.rather.long.address.of.somebody.${i}@a.department.of.example.com`
  const identifies = (count: number) =>
    times(count, (i) => eventOf({ userId: `u${i}`, email: email(i) }, { address: { city: `city ${i}` } }))

  it('values too long for the URI are still looked up, and each event reaches its own lead', async () => {
    sandbox().reset({ leads: times(300, (i) => ({ email: email(i) })) })
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', identifies(300))
    expect(new Set(statusesOf(reports))).toEqual(new Set([200]))
    expect(leadFields(sandbox())).toEqual(times(300, (i) => ({ email: email(i), userId: `u${i}`, city: `city ${i}` })))
    expect(exchanges.map(({ url }) => url.length).filter((length) => length > 8_000)).toEqual([])
    expect(usage().byEndpoint).toEqual({ getLeads: 1, syncLeads: 1 })
  })

  it('values that need encoding also fit, whatever their length', async () => {
    const userId = (i: number) => `${i} ${'日本語 & % + '.repeat(10)}`
    sandbox().reset({ leads: times(100, (i) => ({ userId: userId(i) })) })
    const events = times(100, (i) => eventOf({ userId: userId(i) }, { phone: String(i) }))
    expect(new Set(statusesOf(await sendBatch('upsertLead', events)))).toEqual(new Set([200]))
    expect(leadFields(sandbox())).toEqual(times(100, (i) => ({ userId: userId(i), phone: String(i) })))
  })

  it('300 values with commas are more than 300 values to Marketo, but each finds its own lead', async () => {
    const userId = (i: number) => `u${i},x`
    sandbox().reset({ leads: times(300, (i) => ({ userId: userId(i) })) })
    const events = times(300, (i) => eventOf({ userId: userId(i) }, { phone: String(i) }))
    expect(new Set(statusesOf(await sendBatch('upsertLead', events)))).toEqual(new Set([200]))
    expect(leadFields(sandbox())).toEqual(times(300, (i) => ({ userId: userId(i), phone: String(i) })))
  })

  it('values too long for one request body are looked up in parts', async () => {
    const long = (i: number) => `${i}-${'x'.repeat(200)}`
    sandbox().reset({ leads: times(250, (i) => ({ userId: long(i) })) })
    sandbox().setLimits({ bodyBytes: 40_000 })
    const reports = await sendBatch(
      'upsertLead',
      times(250, (i) => eventOf({ userId: long(i) }, { phone: String(i) }))
    )
    expect(new Set(statusesOf(reports))).toEqual(new Set([200]))
    expect(leadFields(sandbox())).toEqual(times(250, (i) => ({ userId: long(i), phone: String(i) })))
  })

  it('more than 300 results come in pages, and the newest lead of each email is used', async () => {
    const older = times(250, (i) => ({ email: email(i), plan: 'older' }))
    const newer = times(250, (i) => ({ email: email(i), plan: 'newer' }))
    sandbox().reset({ leads: [...older, ...newer] })
    expect(new Set(statusesOf(await sendBatch('upsertLead', identifies(250))))).toEqual(new Set([200]))
    const expected = newer.map((lead, i) => ({ ...lead, userId: `u${i}`, city: `city ${i}` }))
    expect(leadFields(sandbox())).toEqual([...older, ...expected])
    expect(usage().byEndpoint).toEqual({ getLeads: 2, syncLeads: 1 })
  })

  it('more than 1,000 matches are looked up in parts', async () => {
    sandbox().reset({ leads: times(1_200, (i) => ({ email: email(i % 300), plan: String(Math.floor(i / 300)) })) })
    expect(new Set(statusesOf(await sendBatch('upsertLead', identifies(300))))).toEqual(new Set([200]))
    const written = leadFields(sandbox()).filter(({ city }) => city !== undefined)
    expect(written).toEqual(times(300, (i) => ({ email: email(i), plan: '3', userId: `u${i}`, city: `city ${i}` })))
    expect(leadFields(sandbox())).toHaveLength(1_200)
    expect(usage().byEndpoint).toEqual({ getLeads: 1 + 2 * 2, syncLeads: 1 })
  })

  it('an email with too many matches counts as absent if the event has another key, and the outcome says so', async () => {
    const shared = times(11, () => ({ email: email(3) }))
    const others = times(8, (i) => ({ email: email(i) }))
    sandbox().reset({ leads: [...others, ...shared] })
    sandbox().setLimits({ filterMatches: 10 })
    const reports = await sendBatch('upsertLead', identifies(8))
    expect(statusesOf(reports)).toEqual(times(8, () => 200))
    expect(reports.map(({ body }) => body?.leftOut !== undefined)).toEqual(times(8, (i) => i === 3))
    expect(reports[3].body?.leftOut).toEqual([expect.stringMatching(/^Email: more than 1,000 leads/)])
    expect(leadFields(sandbox())).toHaveLength(20)
    expect(leadFields(sandbox()).filter(({ userId }) => userId === 'u3')).toEqual([{ userId: 'u3', city: 'city 3' }])
  })

  it('an email with too many matches fails only its own event if there is no other key, and the error says what to do', async () => {
    sandbox().reset({ leads: times(11, () => ({ email: email(3) })) })
    sandbox().setLimits({ filterMatches: 10 })
    const reports = await sendBatch('upsertLead', [eventOf({ email: email(3) }), eventOf({ email: email(4) })], {
      settings: anonymousTracking
    })
    expect(statusesOf(reports)).toEqual([400, 200])
    expect(reports[0].errormessage).toMatch(/too many.*merge/i)
  })
})

it.each(['email', 'userId', 'email userId'])(
  'an anonymous ID that ends in words of our own ("without %s") is no other visitor’s',
  async (lacks) => {
    const events = [
      eventOf({ userId: 'eve', anonymousId: `x\nwithout ${lacks}` }),
      eventOf({ userId: lacks === 'email' ? undefined : 'ada', anonymousId: 'x', email: ADA })
    ]
    await sendBatch('upsertLead', events, { settings: anonymousTracking })
    expect(leadFields(sandbox())).toHaveLength(2)
  }
)

describe('A sync mode for leads that are looked up:', () => {
  const mode = (name: string): Sending => ({ mapping: { __segment_internal_sync_mode: name } })
  const events = [eventOf({ userId: 'ada', email: ADA }), eventOf({ userId: 'bob', email: BOB })]

  it.each([
    ['add', [400, 200], ['ada', 'bob']],
    ['update', [200, 400], ['ada']],
    ['upsert', [200, 200], ['ada', 'bob']]
  ] as const)('%s with a known and a new person ends with %j', async (name, statuses, users) => {
    sandbox().reset({ leads: [{ userId: 'ada', plan: 'a' }] })
    const reports = await sendBatch('upsertLead', events, mode(name))
    expect(statusesOf(reports)).toEqual(statuses)
    expect(leadFields(sandbox()).map(({ userId }) => userId)).toEqual(users)
    expect('email' in leadFields(sandbox())[0]).toBe(name !== 'add')
  })

  it.each([
    ['add', 'createOnly'],
    ['update', undefined],
    ['upsert', 'createOrUpdate']
  ])(
    '%s writes a new person with the action %s, so add never updates a lead that another process just created',
    async (name, action) => {
      const { exchanges } = await exchangesOfBatch('upsertLead', [eventOf({ userId: 'ada' })], mode(name))
      const actions = exchanges.flatMap(({ options }) => /"action":"(\w+)"/.exec(options.body as string)?.[1] ?? [])
      expect(actions).toEqual(action ? [action] : [])
    }
  )

  it.each(['add', 'update'])(
    '%s does not write a person that it excludes, even if the user ID has a comma',
    async (name) => {
      sandbox().reset({ leads: name === 'add' ? [{ userId: 'x,y', plan: 'a' }] : [] })
      const before = sandbox()
        .state()
        .leads.map(({ fields }) => fields)
      const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'x,y' }, { phone: '1' })], mode(name))
      expect(report.status).toBe(400)
      expect(leadFields(sandbox())).toEqual(before)
    }
  )

  it('no mode makes a call for refused events', async () => {
    const calls = await callsOf(sandbox(), () => sendBatch('upsertLead', [eventOf({ userId: 'null', email: 'ü' })]))
    expect(calls).toBe(0)
  })
})
