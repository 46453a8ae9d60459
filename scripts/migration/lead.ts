import type { JSONObject } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { SYNC_MODE } from '../../dev/page/shared/manifest'
import destination from '../../src'
import type { Noting } from './migration'
import { entriesOf, selected, textOf } from './values'

/** The fields of Upsert Lead that fill a lead field of their own, by its REST API name. */
export const OWN_FIELDS = new Map([
  ['id', 'leadId'],
  ['email', 'email'],
  ['userId', 'userId'],
  ['anonymousId', 'anonymousId'],
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['company', 'company'],
  ['phone', 'phone'],
  ['dateOfBirth', 'dateOfBirth'],
  ['marketoSocialGender', 'gender'],
  ['city', 'city'],
  ['state', 'state'],
  ['country', 'country'],
  ['postalCode', 'postalCode'],
  ['address', 'street']
])

/** The mapping of Upsert Lead: the defaults, and the classic setting "Marketo Custom Fields" over them. */
export function upsertLeadMapping(traits: unknown, note: Noting): JSONObject {
  const { fields, syncMode } = destination.actions.upsertLead
  const own: JSONObject = {}
  const customFields: JSONObject = {}
  for (const [where, trait] of entriesOf('traits', traits, note)) {
    const segmentTrait = textOf(trait.segmentTrait)
    const name = textOf(trait.marketoFieldName)
    if (!segmentTrait || !name) {
      note(where, `has no ${segmentTrait ? 'marketoFieldName' : 'segmentTrait'}, and is not carried over.`)
      continue
    }
    const key = OWN_FIELDS.get(name)
    const [target, field] = key === undefined ? [customFields, name] : [own, key]
    const value = selected('traits', segmentTrait, where, note)
    if (field in target) note(where, `sets the lead field ${name} again: this one counts, the former does not.`)
    if (key !== undefined && JSON.stringify(value) !== JSON.stringify(fields[key].default)) {
      note(where, `takes the place of the default mapping of ${fields[key].label}.`)
    }
    if (/^date/.test(textOf(trait.marketoFieldType) ?? '') && key === undefined) noteDates(where, name, note)
    target[field] = value
  }
  return {
    ...(defaultValues(fields) as JSONObject),
    ...own,
    ...(Object.keys(customFields).length > 0 && { customFields }),
    [SYNC_MODE]: syncMode?.default ?? 'upsert'
  }
}

/** Only the fields of Upsert Lead itself know their type. */
export function noteDates(where: string, name: string, note: Noting): void {
  note(
    where,
    `is a date: ${name} gets the value as it is in the event. Send ISO 8601 (2024-05-31, or 2024-05-31T14:00:00Z).`
  )
}
