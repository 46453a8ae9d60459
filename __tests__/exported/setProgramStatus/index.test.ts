import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsOfUsers, marketoApi, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const registration = (userId: string) =>
  createTestEvent({ type: 'track', event: 'Webinar Registered', userId, anonymousId: undefined })

const mapping = { userId: { '@path': '$.userId' }, programId: 2001, status: 'Registered' }
const unknownStatus = { status: 'skipped', reasons: [{ code: '1025', message: 'Program status not found' }] }

describe('MarketoV2.setProgramStatus', () => {
  afterEach(endMarketo)

  it("sets the program status of the user's lead", async () => {
    leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
      .post('/rest/v1/programs/2001/members/status.json', { statusName: 'Registered', input: [{ leadId: 7 }] })
      .reply(200, success({ seq: 0, status: 'updated', leadId: 7 }))

    await testDestination.testAction('setProgramStatus', { event: registration('user-1'), settings, mapping })
  })

  it('gives each event of a batch its own outcome, in one call for all events', async () => {
    leadsOfUsers('user-1,user-2', { id: 7, userId: 'user-1' }, { id: 8, userId: 'user-2' })
      .post('/rest/v1/programs/2001/members/status.json', {
        statusName: 'Registered',
        input: [{ leadId: 7 }, { leadId: 8 }]
      })
      .reply(200, success({ seq: 0, status: 'created', leadId: 7 }, { seq: 1, ...unknownStatus }))

    const events = [registration('user-1'), registration('user-2')]
    const outcomes = await testDestination.executeBatch('setProgramStatus', { events, settings, mapping })
    expect(outcomes).toMatchObject([{ status: 200, sent: { leadId: 7 } }, { status: 400 }])
  })

  it('writes member fields once the status is set, converts them if Marketo refuses one, and says if it keeps refusing', async () => {
    const fields = ['seat', 'code'].map((name) => ({ name, dataType: name === 'seat' ? 'integer' : 'string' }))
    const members = (values: object) =>
      marketoApi().post('/rest/v1/programs/2001/members.json', { input: [{ ...values, leadId: 7 }] })
    const skipped = (code: string, message: string) =>
      success({ seq: 0, status: 'skipped', reasons: [{ code, message }] })
    const status = () =>
      marketoApi()
        .post('/rest/v1/programs/2001/members/status.json')
        .reply(200, success({ seq: 0, status: 'updated', leadId: 7 }))
    const withFields = {
      ...mapping,
      userId: null,
      leadId: 7,
      memberFields: { seat: { '@path': '$.properties.seat' }, code: null }
    }
    const batch = (seat: string) =>
      testDestination.executeBatch('setProgramStatus', {
        events: [createTestEvent({ type: 'track', properties: { seat } })],
        settings,
        mapping: withFields
      })
    status()
    members({ seat: '12', code: null }).reply(200, skipped('1003', 'Invalid value'))
    marketoApi().get('/rest/v1/programs/members/describe.json').reply(200, success({ fields }))
    members({ seat: 12, code: null }).reply(200, success({ seq: 0, status: 'updated', leadId: 7 }))
    expect(await batch('12')).toMatchObject([{ status: 200, sent: { memberFields: { seat: 12 } } }])

    status()
    members({ seat: 'front', code: null }).reply(200, skipped('1003', 'Invalid value'))
    expect(await batch('front')).toMatchObject([
      { status: 400, errormessage: expect.stringContaining('The status is set, but not the member fields') as string }
    ])
  })

  it('says where to find the statuses when the program does not have this one', async () => {
    marketoApi()
      .post('/rest/v1/programs/2001/members/status.json')
      .reply(200, success({ seq: 0, ...unknownStatus }))

    await expect(
      testDestination.testAction('setProgramStatus', {
        event: registration('user-1'),
        settings,
        mapping: { ...mapping, leadId: 7 }
      })
    ).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("Choose one of the statuses of the program's channel") as string
    })
  })
})
