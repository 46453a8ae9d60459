import { closeAll, startServer } from './listening-server'

const event = (email: unknown) => ({ userId: 'u1', traits: { email } })

afterEach(closeAll)

describe('The run route', () => {
  it('runs a batch and answers with an outcome for each event, in order, and with the exchanges and their durations', async () => {
    const server = await startServer()
    const events = [event('a@example.com'), event({ no: 'text' }), event('b@example.com')]
    const { status, json } = await server.post('/run/add', { events, batch: true, mapping: { note: 'mine' } })
    expect(status).toBe(200)
    expect(json).toEqual({
      outcomes: [
        { status: 201, sent: { email: 'a@example.com', note: 'mine' }, body: { secret: 'sandbox' } },
        expect.objectContaining({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' }),
        { status: 201, sent: { email: 'b@example.com', note: 'mine' }, body: { secret: 'sandbox' } }
      ],
      exchanges: [
        expect.objectContaining({ durationMs: expect.any(Number) as number }),
        expect.objectContaining({ durationMs: expect.any(Number) as number })
      ],
      marketo: 'sandbox'
    })
  })

  it('gives every event of a batch the error if the whole batch fails', async () => {
    const server = await startServer()
    const events = [event('a@example.com'), event('breaks-batch@example.com')]
    const { status, json } = await server.post('/run/add', { events, batch: true })
    const failed = expect.objectContaining({ status: 503, errormessage: 'All failed.' }) as object
    expect(status).toBe(200)
    expect(json).toMatchObject({ outcomes: [failed, failed], error: 'All failed.' })
  })

  it('runs events one by one; a failure affects only its own event, and its exchanges are shown', async () => {
    const server = await startServer()
    const events = ['a@example.com', 'refused@example.com', 'fails-later@example.com', { no: 'text' }].map(event)
    const { json } = await server.post('/run/add', { events, batch: false })
    expect(json).toMatchObject({
      outcomes: [
        { status: 200, body: { took: 45 } },
        { status: 422, errormessage: '{"took":51}' },
        { status: 409, errortype: 'CONFLICT', errormessage: 'Half done.' },
        { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', fields: { email: expect.any(String) as string } }
      ],
      exchanges: [
        { response: { statusCode: 200 } },
        { response: { statusCode: 422 } },
        { response: { statusCode: 200 } }
      ]
    })
  })

  it.each([true, false])(
    'runs only the events that match the trigger, and says why the others do not (batch: %p)',
    async (batch) => {
      const server = await startServer()
      const identify = { type: 'identify', ...event('a@example.com') }
      const events = [{ type: 'page', name: 'Home' }, identify, { ...identify, type: undefined }]
      const { json } = await server.post('/run/add', { events, batch, subscribe: 'type = "identify"' })
      expect(json).toMatchObject({
        outcomes: [
          { notTaken: 'The trigger asks for type = "identify", and type is "page".' },
          { status: batch ? 201 : 200 },
          { notTaken: 'The trigger asks for type = "identify", and this event has no type.' }
        ]
      })
      expect(server.received).toHaveLength(1)
      const none = await server.post('/run/add', { events, batch, subscribe: 'type = ' })
      expect(none.json).toMatchObject({
        outcomes: Array(3).fill({ notTaken: expect.stringContaining('not finished') as string })
      })
      expect(server.received).toHaveLength(1)
    }
  )

  it.each([[undefined], [[]], [{}], [[null]], [['event']]])(
    'refuses %p and asks for a list of events',
    async (events) => {
      const server = await startServer()
      const { status, json } = await server.post('/run/add', { events })
      expect([status, json]).toEqual([400, { error: '"events" must be a list with at least one event.' }])
    }
  )
})
