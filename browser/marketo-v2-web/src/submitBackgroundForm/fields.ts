import type { InputField } from '@segment/actions-core'
import { customFieldsField, emailPaths, firstOf, traitFields } from '../shared/traits'

const allFields = (): Record<string, InputField> => ({
  email: {
    label: 'Email',
    description: "The lead's email address. Without one, nothing is submitted.",
    type: 'string',
    default: firstOf(...emailPaths())
  },
  userId: {
    label: 'User ID',
    description: 'Your ID of the user, kept in the custom lead field `userId`.',
    type: 'string',
    default: { '@path': '$.userId' }
  },
  anonymousId: {
    label: 'Anonymous ID',
    description:
      'The ID of the visitor\'s browser, kept in the custom lead field `anonymousId`. Sent only while the setting "Track Anonymous Activity" is on. An email in it counts as Email.',
    type: 'string',
    default: { '@path': '$.anonymousId' }
  },
  ...traitFields(),
  customFields: {
    ...customFieldsField,
    description:
      'Other lead fields: the REST API name, and its value. For example `leadSource` (Lead Source or Person Source), `industry`, `unsubscribed`. Null and empty text change nothing.'
  }
})

export const fields = /* @__PURE__ */ allFields()
