import { Destination } from '@segment/actions-core'
import destination from '../src'
import * as limits from '../src/marketo/transport/limits'
import { eventOf, times } from './support/events'
import { mappingOf, settings, useSandbox } from './support/marketo'
import type { ActionKey, Sending, TestEvent } from './support/marketo'

/** What is counted for who is on call: docs/operations.md explains it. */

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
const ADA = { id: 7, userId: 'ada', email: 'ada@example.com' }
beforeEach(() => sandbox().reset({ leads: [ADA] }))

interface Sent {
  how: 'incr' | 'histogram'
  name: string
  value: number
  tags: string[]
}

/** Sends a batch, or a single event, with the platform's stats client. @returns what it received */
async function metricsOf(action: ActionKey, events: TestEvent[], sending: Sending = {}, way = 'batch') {
  const sent: Sent[] = []
  const receive =
    (how: Sent['how']) =>
    (name: string, value: number, tags: string[]): void => {
      // The framework itself also counts.
      if (name.startsWith('marketo_v2.')) sent.push({ how, name, value, tags })
    }
  const statsContext = { statsClient: { incr: receive('incr'), histogram: receive('histogram') }, tags: ['env:test'] }
  const { actions } = new Destination(destination)
  const input = { settings, mapping: mappingOf(action, sending), statsContext }
  if (way === 'batch') await actions[action].executeBatch({ ...input, data: events } as never)
  else await actions[action].execute({ ...input, data: events[0] } as never).catch(() => undefined)
  return sent
}

/** The counts, by name and own tags. */
const counts = (sent: Sent[]): Record<string, number> => {
  const all: Record<string, number> = {}
  for (const { how, name, value, tags } of sent) {
    expect(tags[0]).toBe('env:test')
    if (how !== 'incr') continue
    const key = [name, ...tags.slice(1)].join(' ')
    all[key] = (all[key] ?? 0) + value
  }
  return all
}

const ada = eventOf({ userId: 'ada', email: ADA.email })

describe.each(['batch', 'single'])('Metrics (%s)', (way) => {
  it('count each call by name and code, and time it', async () => {
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '611' })
    const sent = await metricsOf('upsertLead', [ada], {}, way)
    expect(counts(sent)).toEqual({
      'marketo_v2.calls call:get_leads code:ok': 1,
      'marketo_v2.calls call:sync_leads code:611': 1,
      'marketo_v2.records status:500 code:611': 1
    })
    const timed = sent.filter(({ how }) => how === 'histogram')
    expect(timed.map(({ name, tags }) => [name, tags[1]])).toEqual([
      ['marketo_v2.call_ms', 'call:get_leads'],
      ['marketo_v2.call_ms', 'call:sync_leads']
    ])
    for (const { value } of timed) expect(value).toBeGreaterThanOrEqual(0)
  })

  it('count a call without an answer, and an event that is refused before any call', async () => {
    sandbox().addFault({ endpoint: 'getLeads', kind: 'cut' })
    expect(counts(await metricsOf('upsertLead', [ada], {}, way))).toEqual({
      'marketo_v2.calls call:get_leads code:http_503': 1,
      'marketo_v2.records status:503 code:none': 1
    })
    expect(counts(await metricsOf('upsertLead', [eventOf({ userId: 'null' })], {}, way))).toEqual({
      'marketo_v2.records status:400 code:none': 1
    })
  })
})

it('Metrics count records by outcome, not by batch', async () => {
  const events = [ada, eventOf({ userId: 'u1' }), eventOf({ userId: 'null' })]
  expect(counts(await metricsOf('upsertLead', events))).toMatchObject({
    'marketo_v2.records status:200 code:none': 2,
    'marketo_v2.records status:400 code:none': 1
  })
})

it('Metrics count a batch that a limit or its time has cut', async () => {
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606' })
  const events = times(400, (i) => eventOf({ userId: `u${i}` }))
  expect(counts(await metricsOf('upsertLead', events))).toMatchObject({ 'marketo_v2.batches_cut by:limit': 1 })
  const noTime = jest.replaceProperty(time, 'BATCH_MS', 0)
  expect(counts(await metricsOf('upsertLead', events))).toEqual({
    'marketo_v2.batches_cut by:time': 1,
    'marketo_v2.records status:503 code:none': 400
  })
  noTime.restore()
})

it('Metrics count merges, values that are left out, and visitors who wait', async () => {
  sandbox().reset({ leads: [ADA, { id: 8, email: ADA.email }] })
  const mapping = { mergeDuplicates: true, customFields: { unsubscribed: false } }
  expect(counts(await metricsOf('upsertLead', [ada], { mapping }))).toMatchObject({
    'marketo_v2.leads_merged': 1,
    'marketo_v2.values_left_out': 1
  })
  sandbox().reset({ leads: [ADA, { id: 8, email: ADA.email }] })
  sandbox().addFault({ endpoint: 'mergeLeads', kind: 'error', code: '1079' })
  expect(counts(await metricsOf('upsertLead', [ada], { mapping }))).toMatchObject({ 'marketo_v2.merges_failed': 1 })
  sandbox().reset({ leads: times(60, (i) => ({ id: 1 + i, userId: `u${i}` })) })
  const visits = times(60, (i) => ({ ...eventOf({ userId: `u${i}` }), type: 'page' as const }))
  expect(counts(await metricsOf('visitWebPage', visits))).toMatchObject({ 'marketo_v2.associations_waiting': 10 })
})

it('No tag holds anything of an event', async () => {
  const event = eventOf({ userId: 'secret-user', email: 'secret@example.com' }, { secretField: 'secret' })
  const mapping = { customFields: { secretField: 'secret', unsubscribed: false } }
  expect(JSON.stringify(await metricsOf('upsertLead', [event], { mapping }))).not.toMatch(/secret/i)
})
