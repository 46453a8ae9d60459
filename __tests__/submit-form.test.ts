import type { JSONObject } from '@segment/actions-core'
import { Destination } from '@segment/actions-core'
import type { DynamicFieldResponse } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { eventOf, leadWith, sendOne, times } from './support/events'
import { callsOf, sendBatch, settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()
const [CONTACT, REGISTRATION, DRAFT] = [2, 3, 4]
const TOKEN = '_mch-example.com-1594662481190-60776'
beforeEach(() => sandbox().reset({ leads: [{ id: 7, email: 'ada@example.com', userId: 'ada' }] }))

const submissions = () => sandbox().state().formSubmissions
const submit = (email: string, mapping: JSONObject = {}) =>
  sendOne('single', 'submitForm', eventOf({ email }), { mapping: { formId: REGISTRATION, ...mapping } })

describe('A form', () => {
  it('is submitted for the lead with the email, in one call', async () => {
    const calls = await callsOf(sandbox(), async () => {
      const report = await submit('ada@example.com', { formFields: { firstName: 'Ada', gender: 'female' } })
      expect(report).toMatchObject({ status: 200, body: { id: 7, status: 'updated' } })
    })
    expect(calls).toBe(1)
    expect(submissions()).toMatchObject([
      { formId: REGISTRATION, leadId: 7, fields: { email: 'ada@example.com', firstName: 'Ada', gender: 'female' } }
    ])
    expect(sandbox().state().activities).toMatchObject([{ leadId: 7, activityTypeName: 'Fill Out Form' }])
  })

  it('needs no User ID, and creates the lead of a new person', async () => {
    expect(await submit('new@example.com', { programId: 2001 })).toMatchObject({
      status: 200,
      body: { status: 'created' }
    })
    const { id, fields } = leadWith(sandbox(), 'email', 'new@example.com')
    expect(fields).toEqual({ email: 'new@example.com' })
    expect(sandbox().state().programMembers).toMatchObject([{ programId: 2001, leadId: id }])
  })

  it('associates the visitor through the cookie', async () => {
    await submit('new@example.com', { marketoCookie: `id:123-ABC-456&token:${TOKEN}` })
    expect(leadWith(sandbox(), 'email', 'new@example.com').cookies).toEqual([TOKEN])
  })

  it.each<[string, JSONObject, RegExp]>([
    ['a field that the form lacks', { formFields: { plan: 'x' } }, /'plan'.*Add the field to the form/],
    ['no value for a required field', { formId: CONTACT }, /1002.*Map a value/],
    ['an unknown form', { formId: 4711 }, /correct Form ID/],
    ['a draft', { formId: DRAFT }, /correct Form ID/],
    ['an unknown program', { programId: 4711 }, /1013/]
  ])('with %s fails for good', async (_what, mapping, message) => {
    expect(await submit('ada@example.com', mapping)).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(message) as unknown
    })
    expect(submissions()).toEqual([])
  })

  it('takes its fields also by the names that the form itself has, and asks for them once an hour', async () => {
    const inForm = { FirstName: 'Ada', Work_Email__c: 'ada@work.example.com', newsletter: true, registrationCode: 'A1' }
    expect(await submit('ada@example.com', { formFields: inForm })).toMatchObject({ status: 200 })
    const fields = { firstName: 'Ada', workEmail: 'ada@work.example.com', newsletter: true, registrationCode: 'A1' }
    expect(submissions()).toMatchObject([{ fields }])
    expect(sandbox().state().usage.byEndpoint).toEqual({ submitForm: 2, describeLeadsV1: 1 })
    expect((await submit('ada@example.com', { formFields: { firstname: 'Eve' } })).status).toBe(200)
    expect(sandbox().state().usage.byEndpoint).toEqual({ submitForm: 3, describeLeadsV1: 1 })
    expect(submissions()[1]).toMatchObject({ fields: { firstName: 'Eve' } })
  })

  it('takes a required field by the name that the form has, and one given twice by its REST API name', async () => {
    const formFields = { Company: 'Form', FirstName: 'Form', firstName: 'REST' }
    expect((await submit('ada@example.com', { formId: CONTACT, formFields })).status).toBe(200)
    expect(submissions()).toMatchObject([{ fields: { company: 'Form', firstName: 'REST' } }])
  })

  it('fails for good if no lead field has such a name, and is not submitted again', async () => {
    expect(await submit('ada@example.com', { formFields: { Nickname: 'Countess' } })).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining("'Nickname'") as string
    })
    expect(sandbox().state().usage.byEndpoint).toEqual({ submitForm: 1, describeLeadsV1: 1 })
  })

  it('is retried if the names cannot be looked up for now, and fails for good if the API user may not', async () => {
    const mapping = { formFields: { FirstName: 'Ada' } }
    sandbox().addFault({ endpoint: 'describeLeadsV1', kind: 'error', code: '611' })
    expect((await submit('ada@example.com', mapping)).status).toBe(500)
    sandbox().addFault({ endpoint: 'describeLeadsV1', kind: 'error', code: '603' })
    expect(await submit('ada@example.com', mapping)).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining("'FirstName'") as string
    })
  })

  it('is submitted twice if the answer is lost, because the destination cannot know that it arrived', async () => {
    sandbox().addFault({ endpoint: 'submitForm', kind: 'cut', executed: true })
    expect((await submit('ada@example.com')).status).toBe(503)
    expect((await submit('ada@example.com')).status).toBe(200)
    expect(submissions()).toHaveLength(2)
  })

  it('is sent alone: the action has no batches', async () => {
    await expect(sendBatch('submitForm', [eventOf({ email: 'ada@example.com' })])).rejects.toMatchObject({
      status: 501
    })
  })
})

describe('The choices', () => {
  async function choicesFor(field: string, payload: JSONObject = {}, page?: string): Promise<DynamicFieldResponse> {
    const data = { settings: settings, payload, page }
    return await new Destination<Settings>(destination).actions.submitForm.executeDynamicField(field, data as never)
  }

  it('of forms are the approved ones, including the last of 500', async () => {
    sandbox().reset({ assets: { forms: 500 } })
    const values: unknown[] = []
    let page: string | undefined = '1'
    while (page !== undefined) {
      const { choices, nextPage }: DynamicFieldResponse = await choicesFor('formId', {}, page)
      values.push(...choices.map(({ value }) => value))
      page = nextPage
    }
    expect(new Set(values)).toEqual(new Set(times(504, (i) => `${i + 1}`).filter((id) => id !== String(DRAFT))))
  })

  it('of form fields are all accepted by Marketo', async () => {
    const { choices } = await choicesFor('formFields.__keys__', { formId: REGISTRATION })
    const names = choices.map(({ value }) => String(value))
    expect(names).toEqual(['firstName', 'phone', 'workEmail', 'gender', 'newsletter', 'registrationCode'])
    const valueFor = (name: string) => ({ workEmail: 'a@example.org', newsletter: true }[name] ?? 'x')
    const formFields = Object.fromEntries(names.map((name) => [name, valueFor(name)])) as JSONObject
    expect(await submit('ada@example.com', { formFields })).toMatchObject({ status: 200 })
  })
})
