import { startSandbox, type Sandbox } from '../../../sandbox'
import type { Plan } from '../../../rehearsal/plan/contract'
import { closeAll, startServer } from './listening-server'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
afterEach(closeAll)

const MAPPINGS = [
  {
    name: 'People',
    partnerAction: 'upsertLead',
    subscribe: 'type = "identify"',
    mapping: { email: { '@path': '$.traits.email' }, userId: { '@path': '$.userId' }, firstName: 'Augusta' }
  }
]
const EVENT = { type: 'identify', userId: 'user-ada', traits: { email: 'ada.lovelace@example.com' } }

describe('The rehearse route', () => {
  it('answers with the plan of a run, and writes nothing', async () => {
    const server = await startServer({ sandboxUrl: sandbox.url })
    const before = sandbox.state().leads
    const { status, json } = await server.post('/rehearse', { events: [EVENT], mappings: MAPPINGS })
    const { plan } = json as { plan: Plan }
    expect(status).toBe(200)
    expect(plan.events).toMatchObject([{ index: 0, mapping: 'People', status: 200, lead: 1001 }])
    expect(plan.leads).toEqual([{ id: 1001, fields: { firstName: ['Ada', 'Augusta'] } }])
    expect(sandbox.state().leads).toEqual(before)
  })

  it.each([
    [{ events: [], mappings: MAPPINGS }, '"events" must be a list'],
    [{ events: [EVENT], mappings: [{ partnerAction: 'dance' }] }, 'no action called dance'],
    [
      { events: [EVENT], mappings: MAPPINGS, settings: { clientSecret: 'wrong' } },
      'refuses the Client ID or the Client Secret'
    ]
  ])('refuses %j', async (body, words) => {
    const server = await startServer({ sandboxUrl: sandbox.url })
    const { status, json } = await server.post('/rehearse', body)
    expect(status).toBe(400)
    expect((json as { error: string }).error).toContain(words)
  })
})
