import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const REGISTRATION = 3
const TOKEN = '_mch-example.com-1741098586131-20002'
const COOKIE = `id:123-ABC-456&token:${TOKEN}`

const submit = (leadFormFields: object, others: object = {}, call: object = {}) =>
  marketo.rest('leads/submitForm.json', {
    method: 'POST',
    json: { formId: REGISTRATION, input: [{ leadFormFields, ...others }], ...call }
  })
const submissions = () => marketo.sandbox.state().formSubmissions

describe('Submit Form', () => {
  it('creates or updates a lead by email, and records the submission and a Fill Out Form activity', async () => {
    const visitorData = { pageURL: 'https://example.com/webinar', leadClientIpAddress: '192.0.2.1' }
    const made = await submit({ email: 'new@example.com', firstName: 'Ann' }, { visitorData })
    expect(made.result).toEqual([{ id: 1006, status: 'created' }])
    const again = await submit({ email: 'NEW@example.com', phone: '1' })
    expect(again.result).toEqual([{ id: 1006, status: 'updated' }])
    expect(submissions()[0]).toMatchObject({
      formId: REGISTRATION,
      formName: 'Webinar Registration',
      leadId: 1006,
      fields: { email: 'new@example.com', firstName: 'Ann' },
      visitorData
    })
    const { activities, leads } = marketo.sandbox.state()
    expect(leads[5].fields).toMatchObject({ firstName: 'Ann', phone: '1' })
    expect(activities).toMatchObject([{ leadId: 1006, activityTypeName: 'Fill Out Form' }, { leadId: 1006 }])
  })

  it('accepts only the REST names of fields on the form', async () => {
    const email = 'new@example.com'
    const all = { email, workEmail: 'w@example.com', gender: 'woman', newsletter: true, registrationCode: 'x' }
    expect(outcomes(await submit(all))).toEqual(['created'])
    expect(outcomes(await submit({ email, Work_Email__c: 'w@example.com' }))).toEqual(['1006'])
    expect(outcomes(await submit({ email, city: 'Rome' }))).toEqual(['1006'])
    expect(submissions()).toHaveLength(1)
  })

  it.each([
    ['no email', {}, {}, '1002'],
    ['an invalid email', { email: 'x' }, {}, '1003'],
    ['a value of another type', { email: 'a@example.com', newsletter: 'yes' }, {}, '1001'],
    ['a page that is not a URL', { email: 'a@example.com' }, { visitorData: { pageURL: '/x' } }, '1003'],
    ['an IPv6 address', { email: 'a@example.com' }, { visitorData: { leadClientIpAddress: '::1' } }, '1003'],
    ['other visitor data', { email: 'a@example.com' }, { visitorData: { email: 'a@example.com' } }, '1006'],
    ['a cookie of another instance', { email: 'a@example.com' }, { cookie: `id:999-ZZZ-999&token:${TOKEN}` }, '1012']
  ])('skips a submission with %s', async (_what, fields, others, code) => {
    const answer = await submit(fields, others)
    expect([answer.success, ...outcomes(answer)]).toEqual([true, code])
    expect(marketo.sandbox.state()).toMatchObject({ formSubmissions: [], activities: [] })
  })

  it.each([
    ['a form that does not exist', { formId: 99 }, '1013'],
    ['a form that is not approved', { formId: 4 }, '1013'],
    ['a form ID that is text', { formId: '3' }, '1001'],
    ['no form', { formId: undefined }, '1002'],
    ['a program that does not exist', { programId: 99 }, '1013'],
    ['two submissions', { input: [{}, {}] }, '1003']
  ])('refuses the whole call for %s', async (_what, call, code) => {
    expect(codes(await submit({ email: 'a@example.com' }, {}, call))).toEqual([code])
  })

  it('skips a submission without a value for a required field', async () => {
    const contact = { formId: 2 }
    expect(outcomes(await submit({ email: 'a@example.com' }, {}, contact))).toEqual(['1002'])
    expect(outcomes(await submit({ email: 'a@example.com', company: 'X' }, {}, contact))).toEqual(['created'])
  })

  it("adds the lead to the given program, or to the form's program if the form has a program member field", async () => {
    await submit({ email: 'a@example.com' }, {}, { programId: 2002 })
    await submit({ email: 'b@example.com' })
    await submit({ email: 'c@example.com', company: 'X' }, {}, { formId: 2 })
    expect(marketo.sandbox.state().programMembers).toMatchObject([
      { programId: 2002, leadId: 1006, statusName: 'Clicked' },
      { programId: 2001, leadId: 1007, statusName: 'Invited' }
    ])
  })

  it("associates the visitor's cookie with the lead, and gives a new lead the earlier visits too", async () => {
    await marketo.visit({ _mchTk: TOKEN })
    await submit({ email: 'new@example.com' }, { cookie: COOKIE })
    await marketo.visit({ _mchTk: TOKEN })
    const { visits, leads } = marketo.sandbox.state()
    expect(visits.map(({ leadId }) => leadId)).toEqual([1006, 1006])
    expect(leads[5].cookies).toEqual([TOKEN])
  })

  it('gives an existing lead only the later visits', async () => {
    await marketo.visit({ _mchTk: TOKEN })
    await submit({ email: 'ada.lovelace@example.com' }, { cookie: COOKIE })
    await marketo.visit({ _mchTk: TOKEN })
    expect(marketo.sandbox.state().visits.map(({ leadId }) => leadId)).toEqual([null, 1001])
  })

  it('needs the permission Read-Write Lead, and can have the faults of a call with records', async () => {
    marketo.sandbox.addFault({ endpoint: 'submitForm', kind: 'short' })
    expect((await submit({ email: 'a@example.com' })).result).toEqual([])
    expect(submissions()).toEqual([])
    marketo.sandbox.addFault({ endpoint: 'submitForm', kind: 'cut', executed: true })
    await expect(submit({ email: 'a@example.com' })).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(submissions()).toHaveLength(1)
    marketo.sandbox.revoke('Read-Write Lead')
    expect(codes(await submit({ email: 'a@example.com' }))).toEqual(['603'])
  })
})

describe('Forms', () => {
  it('can be listed by offset and status', async () => {
    marketo.sandbox.reset({ assets: { forms: 300 } })
    const approved = 'forms.json?status=approved&maxReturn=200'
    expect((await marketo.asset(approved)).result).toHaveLength(200)
    expect((await marketo.asset(`${approved}&offset=200`)).result).toHaveLength(103)
    expect((await marketo.asset('forms.json?status=draft')).result).toMatchObject([{ id: 4, status: 'draft' }])
    expect((await marketo.asset('form/2.json')).result).toMatchObject([{ name: 'Contact Us' }])
    expect(await marketo.asset('form/999.json')).not.toHaveProperty('result')
  })

  it('list their fields by SOAP names, which Describe Lead maps to REST names', async () => {
    const { result } = await marketo.asset(`form/${REGISTRATION}/fields.json`)
    const ids = result.map(({ id }) => id)
    expect(ids).toEqual([
      ...['Email', 'FirstName', 'Phone', 'Work_Email__c', 'MarketoSocialGender', 'newsletter', 'registrationCode'],
      'Profiling'
    ])
    expect(result[0]).toMatchObject({ label: 'Email Address:', dataType: 'email', required: true })
    const described = (await marketo.rest('leads/describe.json')).result as { rest: object; soap: { name: string } }[]
    const restNames = ids.map((id) => described.find(({ soap }) => soap.name === id)?.rest)
    expect(restNames).toEqual([
      ...['email', 'firstName', 'phone', 'workEmail', 'gender', 'newsletter'].map((name) => ({
        name,
        readOnly: false
      })),
      ...[undefined, undefined]
    ])
  })
})
