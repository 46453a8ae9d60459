import type { DynamicFieldItem } from '@segment/actions-core'
import type { MarketoClient } from '../marketo/transport/client'
import { describeLeads } from '../marketo/areas/leads'
import type { LeadField } from '../marketo/areas/leads'
import { choices } from '../segment/choices'
import { IDENTIFIERS } from './record'

const item = ({ name, displayName, dataType }: LeadField): DynamicFieldItem => ({
  label: displayName,
  value: name,
  description: `${name} (${dataType})`
})

/** The lead fields that can be written, by REST API name. */
export const customFieldChoices = choices(async (client: MarketoClient) => {
  const { fields } = await describeLeads(client)
  return fields.filter(({ updateable, name }) => updateable && !IDENTIFIERS.has(name)).map(item)
})

/** The boolean lead fields that can be written, by REST API name. */
export const booleanFieldChoices = choices(async (client: MarketoClient) => {
  const { fields } = await describeLeads(client)
  return fields.filter(({ updateable, dataType }) => updateable && dataType === 'boolean').map(item)
})

/** Automatic, and the fields that Marketo can look up leads by. */
export const lookupFieldChoices = choices(async (client: MarketoClient) => {
  const { fields, searchable } = await describeLeads(client)
  return [
    {
      label: 'Automatic',
      value: 'automatic',
      description: 'By email, user ID and anonymous ID: the recommended choice'
    },
    // Leads can be searched for by cookie, but not written by it.
    ...fields.filter(({ name }) => searchable.has(name) && name !== 'cookies').map(item)
  ]
})
