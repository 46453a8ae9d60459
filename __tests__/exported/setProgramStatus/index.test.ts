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
