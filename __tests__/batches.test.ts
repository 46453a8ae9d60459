import type { JSONObject } from '@segment/actions-core'
import { eventOf, sendOne, statusesOf, times, WAYS } from './support/events'
import { callsOf, exchangesOfBatch, sendBatch, useSandbox, withoutTimeLimit } from './support/marketo'
import type { Reported } from './support/marketo'
import { identify, ONE_CALL, ORDER, page, track } from './support/numbered-events'

const sandbox = useSandbox()
withoutTimeLimit()

describe('A batch of 1,000 events', () => {
  it('takes 4 calls in Upsert Lead with a lookup field', async () => {
    const { sending } = ONE_CALL.upsertLead
    let reports: Reported[] = []
    const calls = await callsOf(sandbox(), async () => {
      reports = await sendBatch('upsertLead', times(1_000, identify), sending)
    })
    expect(calls).toBe(4)
    expect(sandbox().state().usage.byEndpoint).toEqual({ syncLeads: 4 })
    expect(statusesOf(reports)).toEqual(times(1_000, () => 200))
    expect(reports.map(({ sent }) => sent?.userId)).toEqual(times(1_000, (i) => `user-${i}`))
    expect(new Set(reports.map(({ body }) => body?.id)).size).toBe(1_000)
  })

  it('takes 4 calls in Send Custom Activity with lead IDs', async () => {
    const { sending } = ONE_CALL.sendCustomActivity
    let reports: Reported[] = []
    const calls = await callsOf(sandbox(), async () => {
      reports = await sendBatch('sendCustomActivity', times(1_000, track), sending)
    })
    expect(calls).toBe(4)
    expect(sandbox().state().usage.byEndpoint).toEqual({ addActivities: 4 })
    expect(statusesOf(reports)).toEqual(times(1_000, () => 200))
    const orders = times(1_000, (i) => `order-${i}`)
    expect(reports.map(({ sent }) => sent?.primaryAttributeValue)).toEqual(orders)
    expect(
      sandbox()
        .state()
        .activities.map(({ primaryAttributeValue }) => primaryAttributeValue)
    ).toEqual(orders)
  })

  it('takes no REST call in Visit Web Page without association', async () => {
    const { sending } = ONE_CALL.visitWebPage
    expect(await callsOf(sandbox(), () => sendBatch('visitWebPage', times(1_000, page), sending))).toBe(0)
    expect(sandbox().state().visits).toHaveLength(1_000)
  })
})

describe('Bad events among good ones', () => {
  // The framework, this destination or Marketo refuses each bad event.
  const BAD = {
    upsertLead: [
      identify(1, { plan: Infinity }),
      { ...identify(1, { email: 'no email' }), userId: 'null' },
      identify(1, { plan: [{ not: 'plain' }] }),
      identify(1, { plan: { not: 'plain' } }),
      { ...identify(1), userId: undefined },
      identify(1, { mrr: 'much' })
    ],
    sendCustomActivity: [
      track(1, { orderId: { not: 'text' } }),
      track(1, { orderId: '' }),
      track(1, { total: { not: 'plain' } }),
      { ...track(1), userId: undefined },
      track(1, { total: 'much' }),
      track(1, { type: 100003 })
    ],
    visitWebPage: [
      page(1, { url: 'mailto:ada@example.com' }),
      page(1, { url: 'no url' }),
      { ...page(1), context: { userAgent: '\r\n' } },
      { ...page(1), context: {} },
      { ...page(1), userId: undefined }
    ]
  }
  const MAPPINGS: Record<keyof typeof BAD, JSONObject> = {
    upsertLead: { customFields: { plan: { '@path': '$.traits.plan' }, mrr: { '@path': '$.traits.mrr' } } },
    sendCustomActivity: {
      ...ORDER,
      activityTypeId: {
        '@if': { exists: { '@path': '$.properties.type' }, then: { '@path': '$.properties.type' }, else: 100001 }
      },
      attributes: { total: { '@path': '$.properties.total' } }
    },
    visitWebPage: {}
  }

  describe.each(['upsertLead', 'sendCustomActivity', 'visitWebPage'] as const)('of %s', (action) => {
    const { event } = ONE_CALL[action]
    const mapping = MAPPINGS[action]
    const bad = BAD[action]

    it('fail alone', async () => {
      const events = times(300, (i) => (i === 150 ? bad[bad.length - 1] : event(1_000 + i)))
      const failed = (await sendBatch(action, events, { mapping })).flatMap(({ status }, i) =>
        status < 300 ? [] : [i]
      )
      expect(failed).toEqual([150])
    })

    it('leave each outcome with its event', async () => {
      const events = times(90, (i) => (i % 3 === 1 ? bad[Math.floor(i / 3) % bad.length] : event(1_000 + i)))
      const reports = await sendBatch(action, events, { mapping })
      expect(statusesOf(reports).map((status) => status < 300)).toEqual(times(90, (i) => i % 3 !== 1))
      reports.forEach(({ sent, status, errormessage }, i) => {
        const mark = {
          upsertLead: sent?.userId,
          sendCustomActivity: sent?.primaryAttributeValue,
          visitWebPage: sent?._mchRu
        }
        const expected = {
          upsertLead: `user-${1_000 + i}`,
          sendCustomActivity: `order-${1_000 + i}`,
          visitWebPage: `/${1_000 + i}`
        }
        if (i % 3 !== 1) expect(mark[action]).toBe(expected[action])
        else expect([status, errormessage]).toEqual([400, expect.stringMatching(/\w/)])
      })
    })
  })

  it('cost no call if the batch has no good event', async () => {
    const bad = times(3, (i) => ({ ...identify(i, { email: 'no email' }), userId: 'undefined' }))
    expect(await callsOf(sandbox(), () => sendBatch('upsertLead', bad))).toBe(0)
  })
})

describe('A batch larger than 1 MB', () => {
  it('is split into calls that Marketo accepts', async () => {
    const mapping = {
      lookupField: 'userId',
      customFields: { notes: { '@path': '$.traits.notes' }, address: { '@path': '$.traits.notes' } }
    }
    const notes = 'ä'.repeat(12_500)
    const { reports, exchanges } = await exchangesOfBatch(
      'upsertLead',
      times(40, (i) => identify(i, { notes })),
      { mapping }
    )
    expect(statusesOf(reports)).toEqual(times(40, () => 200))
    expect(exchanges).toHaveLength(3)
    for (const { options } of exchanges)
      expect(Buffer.byteLength(options.body as string)).toBeLessThanOrEqual(1_000_000)
  })
})

describe.each(WAYS)('A Batch Size in a stored mapping (%s)', (way) => {
  it.each([0, -1, 301, 1_000, 1.5])('of %d loses no event', async (size) => {
    const event = eventOf({ userId: 'ada', email: 'ada@example.com' })
    const report = await sendOne(way, 'upsertLead', event, { mapping: { batch_size: size } })
    expect(report).toMatchObject({ status: 200 })
  })
})
