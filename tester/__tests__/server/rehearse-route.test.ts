import { setTimeout } from 'timers/promises'
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

  it('ends as soon as nobody waits for it any more', async () => {
    sandbox.reset()
    const { total } = sandbox.state().usage
    const server = await startServer({ sandboxUrl: sandbox.url })
    sandbox.addFault({ endpoint: 'identity', kind: 'delay', ms: 500, times: 1 })
    const abort = new AbortController()
    const signIns = () => sandbox.state().usage.uncounted.identity ?? 0
    const before = signIns()
    const asked = fetch(`${server.url}/rehearse`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, signal: abort.signal },
      body: JSON.stringify({ events: [EVENT], mappings: MAPPINGS })
    })
    while (signIns() === before) await setTimeout(20)
    abort.abort()
    await expect(asked).rejects.toThrow('aborted')
    // The sign-in is answered meanwhile, and its token is used at once if anybody is still there.
    await setTimeout(1_500)
    expect(sandbox.state().usage.total).toBe(total)
  })

  it('takes more events than fit into one batch of a run', async () => {
    const server = await startServer({ sandboxUrl: sandbox.url })
    const large = { ...EVENT, traits: { ...EVENT.traits, about: 'x'.repeat(11_000_000) } }
    const { status } = await server.post('/rehearse', { events: [large], mappings: MAPPINGS })
    expect(status).toBe(200)
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
