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
