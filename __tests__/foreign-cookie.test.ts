import { sendBatch, useSandbox } from './support/marketo'

const sandbox = useSandbox()
const FOREIGN = 'id:999-ZZZ-999&token:_mch-x.org-1600000000001-12341'

it.each(['upsertLead', 'visitWebPage'] as const)(
  'A cookie of another instance does not fail an event of %s, and the outcome names it as left out',
  async (action) => {
    const context = { userAgent: 'Mozilla/5.0', Marketo: { marketoCookie: FOREIGN } }
    const event = { userId: 'u1', traits: {}, properties: { url: 'https://x.org/' }, context }
    const [report] = await sendBatch(action, [event])
    expect(report.status).toBeLessThan(300)
    expect(report.body?.leftOut).toEqual([expect.stringMatching(/^Marketo Cookie/)])
    expect(
      sandbox()
        .state()
        .leads.every(({ cookies }) => !cookies.includes(FOREIGN))
    ).toBe(true)
  }
)
