import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, marketoApi, marketoCookie, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const event = createTestEvent({
  type: 'track',
  event: 'Signed Up',
  properties: { email: 'ada@example.com', firstName: 'Ada' },
  context: {
    ip: '192.150.22.5',
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://example.com/join?utm=x' },
    Marketo: { marketoCookie }
  }
})

const mapping = { formId: 3, formFields: { firstName: { '@path': '$.properties.firstName' } } }

const submit = () => testDestination.testAction('submitForm', { event, settings, mapping, useDefaultMappings: true })

describe('MarketoV2.submitForm', () => {
  afterEach(endMarketo)

  it("submits the form with the visitor's page, IP address, user agent and cookie", async () => {
    marketoApi()
      .post('/rest/v1/leads/submitForm.json', {
        formId: 3,
        input: [
          {
            leadFormFields: { email: 'ada@example.com', firstName: 'Ada' },
            visitorData: {
              pageURL: 'https://example.com/join?utm=x',
              queryString: 'utm=x',
              leadClientIpAddress: '192.150.22.5',
              userAgentString: 'Mozilla/5.0'
            },
            cookie: marketoCookie
          }
        ]
      })
      .reply(200, success({ id: 7, status: 'updated' }))

    await submit()
  })

  it('does not batch events, because Marketo takes one submission a call', () => {
    expect(destination.actions.submitForm).not.toHaveProperty('performBatch')
    expect(destination.actions.submitForm.fields).not.toHaveProperty('enable_batching')
  })

  it('translates the names that fields have in forms, once Marketo has refused one', async () => {
    const filledIn = (leadFormFields: object) =>
      marketoApi().post('/rest/v1/leads/submitForm.json', ({ input }: { input: { leadFormFields: object }[] }) => {
        const { email: _email, ...others } = input[0].leadFormFields as { email: string }
        return JSON.stringify(others) === JSON.stringify(leadFormFields)
      })
    const reasons = [{ code: '1006', message: "Field 'FirstName' not found" }]
    filledIn({ FirstName: 'Ada' }).reply(200, success({ status: 'skipped', reasons }))
    marketoApi()
      .get('/rest/v1/leads/describe.json')
      .reply(200, success({ rest: { name: 'firstName' }, soap: { name: 'FirstName' } }))
    filledIn({ firstName: 'Ada' }).reply(200, success({ id: 7, status: 'updated' }))
    await testDestination.testAction('submitForm', {
      event,
      settings,
      mapping: { formId: 3, formFields: { FirstName: 'Ada' } },
      useDefaultMappings: true
    })
  })

  it.each([
    ['an IPv4 address with a port, the first of several', '203.0.113.7:443, 10.0.0.1', '203.0.113.7'],
    ['an IPv4 address as servers with both kinds write it', '[::ffff:203.0.113.7]:80', '203.0.113.7'],
    ['no IPv6 address', '2001:db8::1', undefined],
    ['no address that is none', '999.1.1.1', undefined]
  ])('sends %s', async (_what: string, ip: string, sent: string | undefined) => {
    let address: string | undefined
    marketoApi()
      .post(
        '/rest/v1/leads/submitForm.json',
        ({ input }: { input: { visitorData: { leadClientIpAddress?: string } }[] }) => {
          address = input[0].visitorData.leadClientIpAddress
          return true
        }
      )
      .reply(200, success({ id: 7, status: 'updated' }))
    await testDestination.testAction('submitForm', {
      event: { ...event, context: { ...event.context, ip } },
      settings,
      mapping: { ...mapping, pageUrl: '/join' },
      useDefaultMappings: true
    })
    expect(address).toBe(sent)
  })

  it.each([
    ['without an email', { email: ' ' }, 'Email is empty'],
    ['with an email that is none', { email: 'ada' }, 'is not an email address'],
    ['with an object', { formFields: { plan: { '@path': '$.context.page' } } }, 'holds an object'],
    ['of last year', { eventTime: '2020-01-01T00:00:00Z' }, 'Event Time is more than 24 hours ago'],
    ['without a form', { formId: 0 }, 'Form ID must be a positive whole number']
  ])('refuses a form %s', async (_what: string, more: object, message: string) => {
    await expect(
      testDestination.testAction('submitForm', {
        event,
        settings,
        mapping: { ...mapping, ...more },
        useDefaultMappings: true
      })
    ).rejects.toThrow(message)
  })

  it('says what to do when the form lacks a field', async () => {
    const reasons = [{ code: '1006', message: "Field 'firstName' not found" }]
    marketoApi()
      .post('/rest/v1/leads/submitForm.json')
      .reply(200, success({ status: 'skipped', reasons }))

    await expect(submit()).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/Field 'firstName' not found.*Add the field to the form and approve it/) as string
    })
  })

  it('names the settings to correct when the form is gone', async () => {
    marketoApi().post('/rest/v1/leads/submitForm.json').reply(200, refusal('1013', 'Object not found'))

    await expect(submit()).rejects.toThrow('correct Form ID or Program ID')
  })
})
