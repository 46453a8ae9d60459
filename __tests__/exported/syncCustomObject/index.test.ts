import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { describeCar } from '../__helpers__/car'
import { endMarketo, leadsOfUsers, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const purchase = (userId: string, vin: string | null) =>
  createTestEvent({
    type: 'track',
    event: 'Car Bought',
    userId,
    anonymousId: undefined,
    properties: { vin, year: '2003' }
  })

const mapping = {
  userId: { '@path': '$.userId' },
  objectName: 'car_c',
  fields: { vin: { '@path': '$.properties.vin' }, year: { '@path': '$.properties.year' } }
}

describe('MarketoV2.syncCustomObject', () => {
  beforeEach(describeCar)
  afterEach(endMarketo)

  it("converts values to the types of the fields, and links the record to the user's lead", async () => {
    leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
      .post('/rest/v1/customobjects/car_c.json', {
        action: 'createOrUpdate',
        dedupeBy: 'dedupeFields',
        input: [{ vin: 'A', year: 2003, owner: 7 }]
      })
      .reply(200, success({ seq: 0, marketoGUID: 'x', status: 'created' }))

    await testDestination.testAction('syncCustomObject', { event: purchase('user-1', 'A'), settings, mapping })
  })

  it('gives each event of a batch its own outcome, in one call for all events', async () => {
    const refused = { status: 'skipped', reasons: [{ code: '1001', message: "Invalid value 'B'" }] }
    leadsOfUsers('user-1,user-2', { id: 7, userId: 'user-1' }, { id: 8, userId: 'user-2' })
      .post('/rest/v1/customobjects/car_c.json', ({ input }: { input: object[] }) => input.length === 2)
      .reply(200, success({ seq: 0, marketoGUID: 'x', status: 'updated' }, { seq: 1, ...refused }))

    const events = [purchase('user-1', 'A'), purchase('user-2', 'B'), purchase('user-3', null)]
    const outcomes = await testDestination.executeBatch('syncCustomObject', { events, settings, mapping })
    expect(outcomes).toMatchObject([
      { status: 200, sent: { vin: 'A', owner: 7 } },
      { status: 400, sent: { vin: 'B', owner: 8 } },
      { status: 400 }
    ])
  })

  it('names the missing dedupe field, and writes nothing', async () => {
    await expect(
      testDestination.testAction('syncCustomObject', { event: purchase('user-1', null), settings, mapping })
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('Fields > vin is missing') as string })
  })
})
