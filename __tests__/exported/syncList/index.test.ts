import { createTestEvent, createTestIntegration, defaultValues } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsOfUsers, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const audienceEvent = (userId: string, isMember: boolean) =>
  createTestEvent({
    type: 'track',
    event: isMember ? 'Audience Entered' : 'Audience Exited',
    userId,
    anonymousId: undefined,
    properties: { audience_key: 'big_spenders', big_spenders: isMember },
    context: {
      personas: {
        computation_class: 'audience',
        computation_key: 'big_spenders',
        computation_id: 'aud_1',
        external_audience_id: '1001'
      }
    }
  })

const twoLeads = () => leadsOfUsers('user-1,user-2', { id: 7, userId: 'user-1' }, { id: 8, userId: 'user-2' })

const batch = (...events: ReturnType<typeof audienceEvent>[]) =>
  testDestination.executeBatch('syncList', {
    events,
    settings,
    mapping: defaultValues(destination.actions.syncList.fields)
  })

describe('MarketoV2.syncList', () => {
  afterEach(endMarketo)

  it('adds people who enter the audience to the list, and removes people who leave it', async () => {
    twoLeads()
      .post('/rest/v1/lists/1001/leads.json', { input: [{ id: 7 }] })
      .reply(200, success({ id: 7, status: 'added' }))
      .delete('/rest/v1/lists/1001/leads.json?id=8')
      .reply(200, success({ id: 8, status: 'removed' }))

    await expect(batch(audienceEvent('user-1', true), audienceEvent('user-2', false))).resolves.toMatchObject([
      { status: 200, sent: { id: 7 } },
      { status: 200, sent: { id: 8 } }
    ])
  })

  it('counts only the last event of each person in a batch', async () => {
    twoLeads()
      .post('/rest/v1/lists/1001/leads.json', { input: [{ id: 8 }] })
      .reply(200, success({ id: 8, status: 'added' }))
      .delete('/rest/v1/lists/1001/leads.json?id=7')
      .reply(200, success({ id: 7, status: 'skipped', reasons: [{ code: '1015', message: 'Lead not in list' }] }))

    const events = [
      audienceEvent('user-1', true),
      audienceEvent('user-2', false),
      audienceEvent('user-1', false),
      audienceEvent('user-2', true)
    ]
    const statuses = (await batch(...events)).map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 200])
  })

  it('succeeds if the lead to remove does not exist', async () => {
    marketoApi().get('/rest/v1/leads.json').query(true).reply(200, success())

    await testDestination.testAction('syncList', {
      event: audienceEvent('user-1', false),
      settings,
      useDefaultMappings: true
    })
  })

  it('refuses an event that does not say whether the person is a member', async () => {
    await expect(
      testDestination.testAction('syncList', {
        event: createTestEvent({ userId: 'user-1' }),
        settings,
        mapping: { listId: 1001 },
        useDefaultMappings: true
      })
    ).rejects.toThrow('Membership is unknown')
  })

  it('names the field to correct when the list is gone', async () => {
    marketoApi().post('/rest/v1/lists/1001/leads.json').reply(200, refusal('1013', 'Object not found'))

    await expect(
      testDestination.testAction('syncList', {
        event: audienceEvent('user-1', true),
        settings,
        mapping: { leadId: 7 },
        useDefaultMappings: true
      })
    ).rejects.toThrow('correct Static List ID')
  })

  it('connects a reverse ETL mapping to a list', async () => {
    marketoApi()
      .get('/rest/v1/lists/1001.json')
      .reply(200, success({ id: 1001, name: 'Big Spenders' }))

    const data = { settings, payload: {}, hookInputs: { listId: 1001 } }
    await expect(
      testDestination.actions.syncList.executeHook('retlOnMappingSave', data as never)
    ).resolves.toMatchObject({ savedData: { id: '1001', name: 'Big Spenders' } })
  })

  it('creates the list of a reverse ETL mapping once, however often the mapping is saved', async () => {
    marketoApi()
      .get('/rest/asset/v1/folder/byName.json?name=Segment&type=Folder')
      .reply(200, success({ folderId: { id: 416, type: 'Folder' } }))
      .get('/rest/asset/v1/staticList/byName.json?name=Vips')
      .reply(200, success())
      .post('/rest/asset/v1/staticLists.json')
      .reply(200, success({ id: 1002, name: 'Vips' }))
      .get('/rest/v1/lists/1002.json')
      .reply(200, success({ id: 1002, name: 'Vips' }))

    const save = (hookInputs: object, hookOutputs?: object) =>
      testDestination.actions.syncList.executeHook('retlOnMappingSave', {
        settings,
        payload: {},
        hookInputs,
        hookOutputs
      } as never)
    const wanted = { listName: 'Vips', folderName: 'Segment' }
    const savedData = { id: '1002', name: 'Vips' }
    expect(await save(wanted)).toMatchObject({ savedData })
    expect(await save(wanted, { retlOnMappingSave: { outputs: savedData } })).toMatchObject({ savedData })
    expect(await save({})).toMatchObject({
      error: { message: expect.stringContaining('Choose a Static List ID') as string }
    })
  })

  it.each<[string, object, number]>([
    ['as text', { properties: { big_spenders: 'false' } }, 200],
    ['by the name of the event', { event: 'Audience Exited', properties: {} }, 200],
    ['not at all', { event: 'Something Else', properties: {} }, 400]
  ])('reads the membership %s', async (_how: string, more: object, status: number) => {
    const event = { ...audienceEvent('user-1', false), ...more }
    if (status === 200) {
      leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
        .delete('/rest/v1/lists/1001/leads.json?id=7')
        .reply(200, success({ id: 7, status: 'removed' }))
    }
    expect(await batch(event)).toMatchObject([{ status }])
  })
})
