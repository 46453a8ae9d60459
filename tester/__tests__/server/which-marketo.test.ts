import { readEnvironment } from '../../environment'
import { fillSettings, SANDBOX } from '../../marketo-instance'
import { closeAll, startServer } from './listening-server'

const REAL = { munchkinId: '111-AAA-222', clientId: 'my client', clientSecret: 's3cr3t / "quoted"' }
const payload = { traits: { email: 'a@example.com' } }

afterEach(closeAll)

describe('Settings that a request leaves out', () => {
  it('take their default values, as do empty settings', () => {
    expect(fillSettings({}, SANDBOX)).toEqual(SANDBOX)
    expect(fillSettings({ munchkinId: '', clientId: null, clientSecret: ' ' }, SANDBOX)).toEqual(SANDBOX)
    expect(fillSettings({ clientId: 'mine', trackAnonymousActivity: true }, REAL)).toEqual({
      ...REAL,
      clientId: 'mine',
      trackAnonymousActivity: true
    })
    expect(fillSettings({ munchkinId: ' 111-aaa-222 ' }, REAL)).toMatchObject({ clientSecret: REAL.clientSecret })
  })

  it('get no defaults if the request names another instance, so that no credentials go there', () => {
    for (const munchkinId of ['123-ABC-456', '999-ZZZ-999', 'evil.example/', ['999-ZZZ-999'], 5, {}]) {
      expect(fillSettings({ munchkinId }, REAL)).toEqual({ munchkinId })
    }
  })
})

describe('The Marketo instance of a request', () => {
  it.each([
    [SANDBOX, {}, 'sandbox (123-ABC-456)'],
    [SANDBOX, { munchkinId: '999-zzz-999', clientId: 'c', clientSecret: 's' }, 'real (999-ZZZ-999)'],
    [REAL, {}, 'real (111-AAA-222)'],
    [REAL, { ...SANDBOX }, 'sandbox (123-ABC-456)'],
    [SANDBOX, { munchkinId: 'evil\r\nx: y' }, 'none (no valid Munchkin ID)']
  ])('is named in the response and in the log (%#)', async (defaults, settings, marketo) => {
    const server = await startServer({ defaults })
    const { headers } = await server.post('/add', { payload, settings })
    expect(headers['x-marketo']).toBe(marketo)
    expect(server.log).toEqual([expect.stringMatching(/^200 POST \/add \d+ ms -> /)])
    expect(server.log[0]).toContain(marketo)
    const { json } = await server.post('/run/add', { events: [payload], settings })
    expect(json).toMatchObject({ marketo: marketo.split(' ')[0] })
  })

  it('is the one whose settings the action gets', async () => {
    const server = await startServer({ defaults: REAL })
    await server.post('/add', { payload })
    expect(server.received[0].headers.authorization).toBe('Bearer of 111-AAA-222')
  })
})

describe('The client secret', () => {
  it.each([REAL.clientSecret, 'a+b&c', 'plain-s3cr3t'])(
    '%p never appears in a response or in the log',
    async (clientSecret) => {
      const server = await startServer({ defaults: { ...REAL, clientSecret } })
      const forms = [clientSecret, encodeURIComponent(clientSecret), JSON.stringify(clientSecret).slice(1, -1)]
      const tells = { traits: { email: 'tells@example.com' } }
      const answers = [
        await server.post('/add', { payload: tells }),
        await server.post(`/add?secret=${encodeURIComponent(clientSecret)}`, { payload: [tells, payload] }),
        await server.post('/run/add', { events: [tells, payload], batch: false }),
        await server.post('/run/add', { events: [payload], batch: true }),
        await server.post('/authenticate', { clientId: 'unknown' })
      ]
      expect(answers.map(({ text }) => text.includes('<redacted>'))).toEqual(answers.map(() => true))
      for (const shown of [...answers.map(({ text }) => text), ...server.log]) {
        for (const form of [...forms, new URLSearchParams({ client_secret: clientSecret }).toString()]) {
          expect(shown).not.toContain(form)
        }
      }
    }
  )
})

describe('The environment', () => {
  const variables = {
    MARKETO_MUNCHKIN_ID: ' 111-aaa-222',
    MARKETO_CLIENT_ID: 'my client',
    MARKETO_CLIENT_SECRET: REAL.clientSecret
  }

  it('selects the sandbox and port 3000 by default', () => {
    expect(readEnvironment({ PORT: '', MARKETO_CLIENT_ID: '' })).toEqual({ port: 3000 })
  })

  it('selects the real Marketo with three variables', () => {
    expect(readEnvironment({ ...variables, PORT: '0' })).toEqual({ port: 0, realMarketo: REAL })
  })

  it('is refused if a variable is missing; the error names the missing ones and does not show the secret', () => {
    expect(() => readEnvironment({ ...variables, MARKETO_MUNCHKIN_ID: undefined, MARKETO_CLIENT_ID: ' ' })).toThrow(
      'To talk to the real Marketo, set MARKETO_MUNCHKIN_ID and MARKETO_CLIENT_ID too.'
    )
  })

  it('is refused if the Munchkin ID is not valid', () => {
    expect(() => readEnvironment({ ...variables, MARKETO_MUNCHKIN_ID: 'app-ab12.marketo.com' })).toThrow(
      'MARKETO_MUNCHKIN_ID must look like 123-ABC-456'
    )
  })

  it.each(['http', '-1', '65536', '3000.5', '0x10', ' '])('is refused if the port is %p', (PORT) => {
    expect(() => readEnvironment({ PORT })).toThrow('PORT must be a number from 0 to 65535')
  })
})
