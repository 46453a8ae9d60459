import type { InputField } from '@segment/actions-core'
import { emailPaths, firstOf } from './traits'

type Condition = NonNullable<InputField['depends_on']>['conditions'][number]

/** Says whom an event concerns. */
export const identityFields: Record<'email' | 'userId' | 'anonymousId' | 'leadId', InputField> = {
  email: {
    label: 'Email',
    description:
      "The lead's email address. The destination looks for a lead by email first. Marketo allows only ASCII characters.",
    type: 'string',
    default: firstOf(...emailPaths())
  },
  userId: {
    label: 'User ID',
    description:
      'Your ID of the user, kept in the custom lead field `userId`. It finds leads whose email is unknown or has changed.',
    type: 'string',
    default: { '@path': '$.userId' }
  },
  anonymousId: {
    label: 'Anonymous ID',
    description:
      'The ID of the visitor\'s browser, kept in the custom lead field `anonymousId`. Used only while the setting "Track Anonymous Activity" is on. An email in it counts as Email.',
    type: 'string',
    default: { '@path': '$.anonymousId' }
  },
  leadId: {
    label: 'Marketo Lead ID',
    description:
      "Marketo's own ID of the lead (**Database** > the lead's **Lead Info** tab > ID), if you have it. It wins over all other identifiers, and saves the API call that finds the lead.",
    type: 'integer'
  }
}

/**
 * Where new leads are created.
 * @param conditions when the mapping creates leads: otherwise the field can't apply, and the mapping page hides it
 */
export const partitionField = (...conditions: Condition[]): Record<'partitionName', InputField> => ({
  partitionName: {
    label: 'Partition Name',
    description:
      'The lead partition for new leads. Leave it empty for the default partition. To see all partitions, go to **Admin** > **Workspaces & Partitions**.',
    type: 'string',
    depends_on: { match: 'all', conditions }
  }
})

/**
 * How events are batched.
 * @param saves what a batch saves, and what each event costs without one
 */
export const batchFieldsWith = (saves: string): Record<'enable_batching' | 'batch_size', InputField> => ({
  enable_batching: {
    label: 'Enable Batching',
    description: saves,
    type: 'boolean',
    default: true
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The number of events in a batch, up to 300: one API call of Marketo holds no more.',
    // Without a minimum and a maximum: the framework would refuse every event for a number outside of them.
    type: 'number',
    default: 300,
    unsafe_hidden: true
  }
})

/** How the events of most actions are batched. */
export const batchFields = batchFieldsWith(
  'Sends up to 300 events with one API call. Without batching, each event costs API calls of its own.'
)

/**
 * Whether leads are created, and where.
 * @param more what else holds for people who aren't in Marketo
 * @param conditions when the mapping can create leads at all: otherwise the mapping page hides both fields
 */
export const createLeadFields = (
  more: string,
  ...conditions: Condition[]
): Record<'createLead' | 'partitionName', InputField> => ({
  createLead: {
    label: 'Create Lead',
    description: `Creates a lead for a person who isn't in Marketo yet. If it's off, such an event fails. ${more}`,
    type: 'boolean',
    default: true,
    ...(conditions.length > 0 && { depends_on: { match: 'all', conditions } })
  },
  ...partitionField({ fieldKey: 'createLead', operator: 'is_not', value: false }, ...conditions)
})

/** Reverse ETL sends each row of a table, whoever it is about. */
export const CHARGED = 'With Reverse ETL, each row could create a lead, and Marketo charges for leads.'

/** The value of the visitor's Munchkin cookie. */
export const marketoCookieField: InputField = {
  label: 'Marketo Cookie',
  description:
    "The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.",
  type: 'string',
  default: firstOf('$.context.Marketo.marketoCookie')
}
