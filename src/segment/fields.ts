import type { InputField } from '@segment/actions-core'
import { firstOf } from './traits'

/** Says whom an event concerns. */
export const identityFields: Record<'email' | 'userId' | 'anonymousId' | 'leadId', InputField> = {
  email: {
    label: 'Email',
    description: "The lead's email address, by which leads are found first. ASCII characters only, as Marketo demands.",
    type: 'string',
    default: firstOf('$.traits.email', '$.context.traits.email', '$.properties.email'),
    category: 'identifier'
  },
  userId: {
    label: 'User ID',
    description:
      'Your ID of the user, kept in the custom lead field `userId`. By it leads are found whose email is unknown or has changed.',
    type: 'string',
    default: { '@path': '$.userId' },
    category: 'identifier'
  },
  anonymousId: {
    label: 'Anonymous ID',
    description:
      'The ID of the visitor\'s browser, kept in the custom lead field `anonymousId`. Used only while the setting "Track Anonymous Activity" is on.',
    type: 'string',
    default: { '@path': '$.anonymousId' },
    category: 'identifier'
  },
  leadId: {
    label: 'Marketo Lead ID',
    description:
      "Marketo's own ID of the lead (Lead Database > the lead's Lead Info tab > ID), if you have it. It wins over all other identifiers, and saves the call that finds the lead.",
    type: 'integer',
    category: 'identifier'
  }
}

/** How records are written and events are batched. */
export const deliveryFields: Record<'partitionName' | 'enable_batching' | 'batch_size', InputField> = {
  partitionName: {
    label: 'Partition Name',
    description:
      'The lead partition in which new leads are created. Leave empty for the default one. The partitions are listed in **Admin** > **Workspaces & Partitions**.',
    type: 'string',
    category: 'config',
    displayMode: 'collapsed'
  },
  enable_batching: {
    label: 'Send in Batches',
    description:
      'Sends up to 300 events with one call to Marketo. Off, each event costs calls of its own out of the daily quota.',
    type: 'boolean',
    default: true,
    category: 'config',
    displayMode: 'collapsed'
  },
  batch_size: {
    label: 'Batch Size',
    description: 'How many events are sent together: 300 at most, which is what one call to Marketo holds.',
    // Without a minimum and a maximum: the framework would refuse every event for a number outside of them.
    type: 'number',
    default: 300,
    category: 'config',
    unsafe_hidden: true
  }
}

/** @param otherwise what happens to such an event while the field is off */
export const createLeadField = (otherwise: string): InputField => ({
  label: 'Create Lead',
  description: `Whether a lead is created for a person who is not in Marketo yet. ${otherwise}`,
  type: 'boolean',
  default: true,
  category: 'config'
})

/** The value of the visitor's Munchkin cookie. */
export const marketoCookieField: InputField = {
  label: 'Marketo Cookie',
  description:
    "The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.",
  type: 'string',
  default: firstOf('$.context.Marketo.marketoCookie')
}
