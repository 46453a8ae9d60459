import type { DynamicFieldResponse, JSONObject } from '@segment/actions-core'
import { Destination } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { times } from './support/events'
import type { ActionKey } from './support/marketo'
import { refusal, success, useStub } from './support/stub'
import type { Received } from './support/stub'

const marketo = useStub('996-ZZZ-996')

async function choicesFor(
  action: ActionKey,
  field: string,
  payload: JSONObject = {},
  page?: unknown
): Promise<DynamicFieldResponse> {
  const running = new Destination<Settings>(destination)
  const data = { settings: marketo.settings, payload, page }
  return await running.actions[action].executeDynamicField(field, data as never)
}

/** All choices, as the mapping page loads them: it follows the `nextPage` of each answer. */
async function allChoices(action: ActionKey, field: string, first: unknown): Promise<unknown[]> {
  const values: unknown[] = []
  let [page, more] = [first, true]
  while (more) {
    const { choices, nextPage, error } = await choicesFor(action, field, {}, page)
    expect(error).toBeUndefined()
    values.push(...choices.map(({ value }) => value))
    page = nextPage
    more = nextPage !== undefined && values.length < 5_000
  }
  return values
}

const things = (n: number) => times(n, (i) => ({ id: i + 1, name: `Thing ${i + 1}`, status: 'approved' }))

/** Answers with a page of `all`, with page tokens, as the Lead Database API does. */
const byToken =
  (all: object[]) =>
  ({ query }: Received) => {
    const from = Number((query.nextPageToken ?? 'token-0').slice('token-'.length))
    const to = from + Number(query.batchSize)
    return { ...success(...all.slice(from, to)), ...(to < all.length && { nextPageToken: `token-${to}` }) }
  }

/** The same with offsets, as the Asset API does. It omits `result` if a page is empty. */
const byOffset =
  (all: object[]) =>
  ({ query }: Received) => {
    const from = Number(query.offset)
    const found = all.slice(from, from + Number(query.maxReturn))
    if (found.length > 0) return success(...found)
    return { success: true, errors: [], warnings: ['No assets found for the given search criteria.'] }
  }

const LISTS: [ActionKey, string, typeof byToken, string, object][] = [
  ['requestCampaign', 'campaignId', byToken, '/rest/v1/campaigns.json', { isTriggerable: 'true', batchSize: '300' }],
  ['setProgramStatus', 'programId', byOffset, '/rest/asset/v1/programs.json', { maxReturn: '200' }],
  ['submitForm', 'programId', byOffset, '/rest/asset/v1/programs.json', { maxReturn: '200' }],
  ['submitForm', 'formId', byOffset, '/rest/asset/v1/forms.json', { maxReturn: '200' }]
]

describe.each(LISTS)('The choices of %s.%s', (action, field, paging, path, query) => {
  it.each<[unknown, number]>([
    [undefined, 700],
    ['1', 700],
    [1, 600],
    ['', 200],
    [undefined, 0]
  ])('starting at page %j are all %i', async (first, n) => {
    marketo.answerWith(paging(things(n)))
    const values = await allChoices(action, field, first)
    expect(values).toEqual(times(n, (i) => String(i + 1)))
    for (const received of marketo.received) expect(received).toMatchObject({ path, query })
  })

  it('are replaced by an explanation when Marketo refuses the call', async () => {
    marketo.answerWith(() => refusal('603', 'Access denied'))
    expect(await choicesFor(action, field)).toEqual({
      choices: [],
      error: { code: '403', message: expect.stringContaining('permission "Read-Only') as unknown }
    })
  })
})

it('A form without a status is not offered: it may be a draft', async () => {
  marketo.answerWith(() => success({ id: 1, name: 'Unknown' }, { id: 2, name: 'Ours', status: 'approved' }))
  const { choices } = await choicesFor('submitForm', 'formId')
  expect(choices.map(({ value }) => value)).toEqual(['2'])
})

it('Draft forms are left out, and a page with only drafts is skipped', async () => {
  const drafts = times(200, (i) => ({ id: i + 1, name: `Draft ${i + 1}`, status: 'draft' }))
  marketo.answerWith(byOffset([...drafts, { id: 201, name: 'Ours', status: 'approved' }]))
  const { choices } = await choicesFor('submitForm', 'formId', {}, '1')
  expect(choices.map(({ value }) => value)).toEqual(['201'])
})

describe('The description of a choice identifies the asset:', () => {
  it.each<[ActionKey, string, object, string]>([
    ['requestCampaign', 'campaignId', { programName: 'Orders', workspaceName: 'Default' }, '7, Orders, Default'],
    ['requestCampaign', 'campaignId', {}, '7'],
    ['setProgramStatus', 'programId', { channel: 'Webinar', workspace: 'EMEA' }, '7, Webinar, EMEA'],
    [
      'submitForm',
      'formId',
      { status: 'approved with draft', folder: { type: 'Folder', value: 2, folderName: 'Forms' } },
      '7, Forms'
    ],
    ['submitForm', 'formId', { status: 'approved' }, '7']
  ])('%s.%s %j', async (action, field, details, description) => {
    marketo.answerWith(() => success({ id: 7, name: 'Ours', ...details }))
    const { choices } = await choicesFor(action, field)
    expect(choices).toEqual([{ label: 'Ours', value: '7', description }])
  })
})

describe('The choices for a program’s status', () => {
  const status = (name: string, step: number, more: object = {}) => ({
    name,
    step,
    hidden: false,
    success: false,
    ...more
  })
  const channel = {
    name: 'Web inar & more',
    progressionStatuses: [
      status('Attended', 30, { success: true }),
      status('Not in Program', 0, { hidden: true }),
      status('Invited', 10)
    ]
  }
  const answer = ({ path }: Received) => {
    if (path.includes('/channel/')) return success(channel)
    return success({ id: 1107, name: 'Launch', channel: channel.name })
  }

  it.each([1107, '1107'])(
    'are the statuses of its channel, in step order, without hidden ones (%j)',
    async (programId) => {
      marketo.answerWith(answer)
      expect(await choicesFor('setProgramStatus', 'status', { programId })).toEqual({
        choices: [
          { label: 'Invited', value: 'Invited', description: 'Step 10 of Web inar & more' },
          { label: 'Attended', value: 'Attended', description: 'Step 30 of Web inar & more, counts as a success' }
        ]
      })
      expect(marketo.received).toMatchObject([
        { path: '/rest/asset/v1/program/1107.json' },
        { path: '/rest/asset/v1/channel/byName.json', query: { name: 'Web inar & more' } }
      ])
    }
  )

  it.each<[string, JSONObject, RegExp]>([
    ['no program is chosen', {}, /Choose a Program ID first/],
    ['the program is mapped to a path', { programId: { '@path': '$.properties.id' } }, /Choose a Program ID first/],
    ['Marketo has no program with that ID', { programId: 8 }, /no program with the ID 8/]
  ])('are replaced by an explanation when %s', async (_what, payload, message) => {
    marketo.answerWith(() => ({ success: true, warnings: ['No assets found for the given search criteria.'] }))
    expect(await choicesFor('setProgramStatus', 'status', payload)).toEqual({
      choices: [],
      error: { code: '400', message: expect.stringMatching(message) as unknown }
    })
  })

  it('are replaced by an explanation when the mapping is still empty', async () => {
    const running = new Destination<Settings>(destination)
    const data = { settings: marketo.settings } as never
    expect(await running.actions.setProgramStatus.executeDynamicField('status', data)).toMatchObject({
      error: { code: '400', message: expect.stringContaining('Choose a Program ID first') as unknown }
    })
  })

  it('come first if Marketo names no step, which counts as step 0', async () => {
    const statuses = [status('Invited', 10), { name: 'Member' }, status('Attended', 30), { name: 'Other' }]
    marketo.answerWith((received) =>
      received.path.includes('/channel/') ? success({ ...channel, progressionStatuses: statuses }) : answer(received)
    )
    const { choices } = await choicesFor('setProgramStatus', 'status', { programId: 1107 })
    expect(choices.map(({ value }) => value)).toEqual(['Member', 'Other', 'Invited', 'Attended'])
    expect(choices[0].description).toBe('Step 0 of Web inar & more')
  })

  it('are empty when the channel is gone', async () => {
    marketo.answerWith((received) => (received.path.includes('/channel/') ? { success: true } : answer(received)))
    expect(await choicesFor('setProgramStatus', 'status', { programId: 1107 })).toEqual({ choices: [] })
  })
})

describe('The choices for the names of form fields', () => {
  const field = (id: string, label: string, more: object = {}) => ({
    id,
    label,
    dataType: 'text',
    required: false,
    ...more
  })
  const named = (rest: string, soap?: string) => ({
    displayName: rest,
    rest: { name: rest },
    ...(soap && { soap: { name: soap } })
  })
  const answers: Record<string, object> = {
    '/rest/asset/v1/form/736/fields.json': success(
      field('FirstName', 'First Name:'),
      field('Email', 'Email Address:', { dataType: 'email', required: true }),
      field('MarketoSocialGender', 'Gender :', { dataType: 'picklist', required: true }),
      field('pMCFField', 'Session:'),
      field('Phone', ''),
      { id: 'Profiling', dataType: 'profiling' },
      { id: 'HtmlText_1', dataType: 'htmltext', text: '<b>Hello</b>' }
    ),
    '/rest/v1/leads/describe.json': success(
      named('firstName', 'FirstName'),
      named('email', 'Email'),
      named('gender', 'MarketoSocialGender'),
      named('phone', 'Phone'),
      named('onlyRest')
    )
  }

  it('are the fields of the chosen form, by the names that Submit Form accepts', async () => {
    marketo.answerWith(({ path }) => answers[path])
    const { choices } = await choicesFor('submitForm', 'formFields.__keys__', { formId: '736' })
    expect(choices.map(({ label, value, description }) => [label, value, description])).toEqual([
      ['First Name', 'firstName', 'firstName (text)'],
      ['Gender', 'gender', 'gender (picklist), required'],
      ['Session', 'pMCFField', expect.stringContaining('field of program members')],
      ['Phone', 'phone', 'phone (text)']
    ])
  })

  it('are optional text fields if Marketo names neither a type nor a requirement', async () => {
    marketo.answerWith(({ path }) =>
      path.includes('/form/') ? success({ id: 'FirstName' }) : answers['/rest/v1/leads/describe.json']
    )
    const { choices } = await choicesFor('submitForm', 'formFields.__keys__', { formId: '736' })
    expect(choices).toEqual([{ label: 'FirstName', value: 'firstName', description: 'firstName (text)' }])
  })

  it('are replaced by an explanation when no form is chosen', async () => {
    expect(await choicesFor('submitForm', 'formFields.__keys__')).toEqual({
      choices: [],
      error: { code: '400', message: expect.stringContaining('Choose a Form ID first') as unknown }
    })
  })

  it.each(['/rest/asset/v1/form/736/fields.json', '/rest/v1/leads/describe.json'])(
    'are replaced by an explanation when %s is not permitted',
    async (refused) => {
      marketo.answerWith(({ path }) => (path === refused ? refusal('603') : answers[path]))
      expect(await choicesFor('submitForm', 'formFields.__keys__', { formId: 736 })).toMatchObject({
        choices: [],
        error: { code: '403' }
      })
    }
  )
})

describe('The choices for custom objects', () => {
  const object = {
    name: 'car_c',
    dedupeFields: ['vin'],
    fields: [{ name: 'vin' }, { name: 'make', displayName: 'Make', dataType: 'string', updateable: true }]
  }
  const fieldChoices = () => choicesFor('syncCustomObject', 'fields.__keys__', { objectName: 'car_c' })

  it('show the API name if there is no display name, and the description if there is one', async () => {
    marketo.answerWith(() =>
      success({ name: 'car_c' }, { name: 'store_c', displayName: 'Store', description: 'A shop.' })
    )
    expect((await choicesFor('syncCustomObject', 'objectName')).choices).toEqual([
      { label: 'car_c', value: 'car_c', description: 'car_c' },
      { label: 'Store', value: 'store_c', description: 'store_c: A shop.' }
    ])
  })

  it('work for an object without relationships in Marketo’s answer', async () => {
    marketo.answerWith(() => success(object))
    expect((await fieldChoices()).choices).toEqual([
      {
        label: 'vin (dedupe field)',
        value: 'vin',
        description: expect.stringMatching(/^vin \(unknown type\)\. Map it/) as unknown
      },
      { label: 'Make', value: 'make', description: 'make (string).' }
    ])
  })

  it('describe the first complete link to leads as filled in, even if it is a dedupe field', async () => {
    const relationships = [
      {},
      { object: { name: 'Lead', field: 'email' } },
      { field: 'make' },
      { field: 'make', object: { name: 'Lead' } },
      { field: 'make', relatedTo: { field: 'email' } },
      { field: 'make', relatedTo: { name: 'Company', field: 'email' } },
      { field: 'vin', relatedTo: { name: ' LEAD ', field: 'id' } }
    ]
    marketo.answerWith(() => success({ ...object, relationships }))
    const [vin, make] = (await fieldChoices()).choices
    expect(vin.label).toBe('vin (dedupe field)')
    expect(vin.description).toContain("filled with the lead's id")
    expect(vin.description).not.toContain('Map it')
    expect(make.description).toBe('make (string).')
  })

  it.each([
    ['the object does not exist', [], '400', /no custom object with that name/],
    ['the answer names no dedupe fields', [{ fields: object.fields }], '500', /describes no custom object/],
    ['the answer names no fields', [{ dedupeFields: ['vin'] }], '500', /describes no custom object/]
  ])('are replaced by an explanation when %s', async (_, result, code, message) => {
    marketo.answerWith(() => success(...result))
    expect(await fieldChoices()).toEqual({
      choices: [],
      error: { code, message: expect.stringMatching(message) as unknown }
    })
  })

  it('are replaced by an explanation when the mapping is still empty', async () => {
    const running = new Destination<Settings>(destination)
    const data = { settings: marketo.settings } as never
    expect(await running.actions.syncCustomObject.executeDynamicField('fields.__keys__', data)).toMatchObject({
      error: { code: '400', message: expect.stringContaining('Choose a Custom Object first') as unknown }
    })
  })
})

it('The choices for member fields show the API name if there is no display name', async () => {
  marketo.answerWith(() => success({ fields: [{ name: 'seats', dataType: 'integer', updateable: true }] }))
  expect((await choicesFor('setProgramStatus', 'memberFields.__keys__')).choices).toEqual([
    { label: 'seats', value: 'seats', description: 'seats (integer)' }
  ])
})
