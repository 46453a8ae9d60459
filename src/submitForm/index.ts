import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { ageFields } from '../segment/age'
import { identityFields, marketoCookieField } from '../segment/fields'
import { performs } from '../segment/perform'
import { programChoices } from '../segment/program-choices'
import { formChoices, formFieldChoices } from './choices'
import type { Payload } from './generated-types'
import { readSubmission, submitForms } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Submit Form',
  description: 'Submit a Marketo form, as if the person had filled it out on a web page. Each event costs an API call.',
  defaultSubscription: 'type = "track"',
  fields: {
    email: {
      ...identityFields.email,
      description:
        "The person's email address. Marketo updates the lead with this email, or creates one. The User ID isn't sent. ASCII characters only.",
      required: true
    },
    formId: {
      label: 'Form ID',
      description:
        'The form, which must be approved. Choose one of those offered, or copy its ID: the number after the letters in the address of its page in Marketo, for example 736 in `#FO736B2`.',
      type: 'integer',
      required: true,
      dynamic: true
    },
    formFields: {
      label: 'Form Fields',
      description:
        'What is filled in, beside the email: on the left the REST API name of a field that the form has (**Admin** > **Field Management** > **Export Field Names**), on the right the value.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true,
      dynamic: true
    },
    programId: {
      label: 'Program ID',
      description:
        "The program that the lead joins; it must be in the form's workspace. Its ID is the number after the letters in the address of its page in Marketo, for example 1107 in `#PG1107A1`.",
      type: 'integer',
      dynamic: true
    },
    pageUrl: {
      label: 'Page URL',
      description: 'The full address of the page with the form, shown in the Fill Out Form activity.',
      type: 'string',
      default: { '@path': '$.context.page.url' }
    },
    ipAddress: {
      label: 'IP Address',
      description:
        "The visitor's IP address, from which Marketo infers company and place. Only an IPv4 address is sent.",
      type: 'string',
      default: { '@path': '$.context.ip' }
    },
    userAgent: {
      label: 'User Agent',
      description: "The visitor's browser, shown in the Fill Out Form activity.",
      type: 'string',
      default: { '@path': '$.context.userAgent' }
    },
    marketoCookie: marketoCookieField,
    ...ageFields('submit the form')
  },
  dynamicFields: {
    formId: formChoices,
    formFields: { __keys__: formFieldChoices },
    programId: programChoices
  },
  // Marketo accepts one submission a call, so a batch would save nothing.
  perform: performs({ read: readSubmission, handle: submitForms }).perform
}

export default action
