import type { JSONObject } from '@segment/actions-core'
import type { Marketo, Sandbox } from '../../sandbox'
import { anonymousTracking, sendBatch, sendSingle } from './marketo'
import type { ActionKey, Reported, Sending, TestEvent } from './marketo'
import { emailsOf } from './schedule'
import type { EventKind, Intrusion, PlannedBatch, PlannedEvent } from './schedule'

/** An event with a mark that identifies it in Marketo. */
interface MarkedEvent extends PlannedEvent {
  mark: string
}

export interface Delivered {
  event: MarkedEvent
  report: Reported
}

const ACTIONS: Record<EventKind, ActionKey> = {
  identify: 'upsertLead',
  merge: 'upsertLead',
  track: 'sendCustomActivity',
  once: 'sendCustomActivity',
  page: 'visitWebPage',
  list: 'syncList',
  campaign: 'requestCampaign',
  status: 'setProgramStatus',
  object: 'syncCustomObject'
}

/** The first event of a lead says where it came from, and nothing takes an opt-out back. */
const IDENTIFY: JSONObject = {
  associateWebActivity: true,
  customFields: {
    notes: { '@path': '$.traits.mark' },
    leadSource: { '@path': '$.traits.mark' },
    unsubscribed: { '@path': '$.traits.optOut' }
  },
  onlyIfEmpty: ['leadSource']
}

const SENDING: Record<EventKind, Sending> = {
  identify: { settings: anonymousTracking, mapping: IDENTIFY },
  merge: { settings: anonymousTracking, mapping: { ...IDENTIFY, mergeDuplicates: true } },
  track: {
    settings: anonymousTracking,
    mapping: { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.properties.mark' } }
  },
  once: {
    settings: anonymousTracking,
    mapping: {
      activityTypeId: 100001,
      primaryAttributeValue: { '@path': '$.properties.mark' },
      activityDate: '2026-03-04T05:06:07.800Z',
      preventDuplicates: true
    }
  },
  page: { settings: anonymousTracking },
  list: { settings: anonymousTracking, mapping: { listId: 1001, membership: 'add' } },
  campaign: {
    settings: anonymousTracking,
    mapping: { campaignId: 3001, tokens: { 'my.mark': { '@path': '$.properties.mark' } } }
  },
  status: { settings: anonymousTracking, mapping: { programId: 2001, status: 'Registered' } },
  object: {
    settings: anonymousTracking,
    mapping: { objectName: 'car_c', fields: { vin: { '@path': '$.properties.mark' } } }
  }
}

function segmentEvent({ kind, person, knownBy, email, mark, optOut }: MarkedEvent): TestEvent {
  const isIdentify = kind === 'identify' || kind === 'merge'
  const anonymousId = knownBy.includes('shared')
    ? 'shared'
    : knownBy.includes('browser')
    ? `browser-${person}`
    : undefined
  const traits = { mark, ...(email && { email: emailsOf(person)[email] }) }
  return {
    type: isIdentify ? 'identify' : kind === 'page' ? 'page' : 'track',
    userId: knownBy === 'browser' ? undefined : `user-${person}`,
    anonymousId,
    traits: isIdentify ? { ...traits, optOut } : undefined,
    properties: isIdentify ? undefined : { ...traits, url: `https://example.com/${mark}` },
    context: { userAgent: 'Mozilla/5.0' }
  }
}

/** Changes the leads of a person, as another API user would. */
function intrude(marketo: Marketo, { person, deed }: Pick<Intrusion, 'person' | 'deed'>): void {
  const leads = marketo.leads
    .all()
    .filter(({ fields }) => fields.userId === `user-${person}` || fields.anonymousId === `browser-${person}`)
  for (const lead of leads) {
    if (deed === 'change') marketo.leads.update(lead, { title: 'Changed' })
    if (deed === 'delete') marketo.leads.delete(lead)
    if (deed === 'merge into a new lead') marketo.merge(marketo.leads.create({}, lead.partition), lead)
  }
}

/** Whether Segment retries an event with this status. */
function isRetried(status: number): boolean {
  return status === 408 || status === 423 || status === 429 || (status >= 500 && status !== 501)
}

/**
 * Sends batches as Segment does, with retries. The last retries meet no faults.
 * @returns the last report of each event, in any order
 */
export async function deliver(sandbox: Sandbox, batches: PlannedBatch[]): Promise<Delivered[]> {
  const delivered: Delivered[] = []
  let waiting: MarkedEvent[] = []
  let mark = 0
  for (const { events, faults, intrusions, oneByOne, tokensExpire } of batches) {
    const first = mark
    const marked = events.map((event, i) => ({ ...event, mark: `${event.person}-${first + i}` }))
    mark += events.length
    if (tokensExpire) sandbox.expireTokens()
    for (const fault of faults) sandbox.addFault(fault)
    for (const { before, ...intrusion } of intrusions) sandbox.intrude(before, (marketo) => intrude(marketo, intrusion))
    waiting = await round([...waiting, ...marked], oneByOne, delivered)
  }
  for (let attempt = 0; waiting.length > 0; attempt++) {
    if (attempt === 3) throw new Error(`Retried forever: ${JSON.stringify(waiting)}`)
    sandbox.clearFaults()
    waiting = await round(waiting, false, delivered)
  }
  return delivered
}

/** @returns the events to retry */
async function round(events: MarkedEvent[], oneByOne: boolean, delivered: Delivered[]): Promise<MarkedEvent[]> {
  const again: MarkedEvent[] = []
  for (const kind of ['identify', 'merge', 'track', 'once', 'page', 'list', 'campaign', 'status', 'object'] as const) {
    const ofKind = events.filter((event) => event.kind === kind)
    if (ofKind.length === 0) continue
    const reports = oneByOne
      ? await oneAfterAnother(kind, ofKind)
      : await sendBatch(ACTIONS[kind], ofKind.map(segmentEvent), SENDING[kind])
    if (reports.length !== ofKind.length) throw new Error(`${reports.length} reports for ${ofKind.length} events`)
    ofKind.forEach((event, i) => {
      if (isRetried(reports[i].status)) again.push(event)
      else delivered.push({ event, report: reports[i] })
    })
  }
  return again
}

async function oneAfterAnother(kind: EventKind, events: MarkedEvent[]): Promise<Reported[]> {
  const reports: Reported[] = []
  for (const event of events) {
    reports.push(
      await sendSingle(ACTIONS[kind], segmentEvent(event), SENDING[kind]).then(
        () => ({ status: 200 }),
        ({ status, message }: { status?: number; message: string }) => {
          if (status === undefined) throw new Error(`An error without a status: ${message}`)
          return { status, errormessage: message }
        }
      )
    )
  }
  return reports
}
