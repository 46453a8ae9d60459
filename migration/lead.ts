import type { InputField, JSONObject } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { TRAIT_NAMES } from '../src/segment/traits'
import { SYNC_MODE } from './sync-mode'
import destination from '../src'
import { firstMapping } from '../src/segment/traits'
import type { Noting } from './migration'
import { isKeptByMarketo, isRestName, standardFieldOf } from './standard-fields'
import { entriesOf, pathTo, textOf, TypeNotes } from './values'

/** The fields of Upsert Lead that fill a standard lead field, by its REST API name. */
export const OWN_FIELDS = new Map<string, string>([
  ['id', 'leadId'],
  ['email', 'email'],
  ['userId', 'userId'],
  ['anonymousId', 'anonymousId'],
  ...Object.entries(TRAIT_NAMES).map(([key, { rest }]): [string, string] => [rest, key])
])

/** The mapping of Upsert Lead: the defaults, and the classic setting "Marketo Custom Fields" before them. */
export function upsertLeadMapping(traits: unknown, note: Noting): JSONObject {
  const { fields, syncMode } = destination.actions.upsertLead
  const own = new Map<string, JSONObject>()
  const customFields = new Map<string, JSONObject>()
  const types = new TypeNotes('traits')
  for (const [where, trait] of entriesOf('traits', traits, note)) {
    const segmentTrait = textOf(trait.segmentTrait)
    const name = textOf(trait.marketoFieldName)?.trim()
    if (!segmentTrait || !name) {
      note(where, `has no ${segmentTrait ? 'marketoFieldName' : 'segmentTrait'}, and is not carried over.`)
      continue
    }
    const path = pathTo('traits', segmentTrait, where, note)
    if (!path) continue
    if (isKeptByMarketo(name)) {
      note(where, `names the lead field ${name}, which Marketo manages itself, and is not carried over.`)
      continue
    }
    const standard = standardFieldOf(name)
    const key = OWN_FIELDS.get(standard ?? name)
    const [target, field] = key === undefined ? [customFields, standard ?? name] : [own, key]
    if (target.has(field)) note(where, `sets the lead field ${name} again. Only this one counts.`)
    if (key === undefined) {
      if (standard === undefined && !isRestName(name)) noteLabel(where, name, note)
      types.add(field, trait.marketoFieldType)
    }
    target.set(field, key === undefined ? path : withDefault(path, fields[key], where, note))
  }
  types.noteTo(note)
  return {
    ...(defaultValues(fields) as JSONObject),
    ...Object.fromEntries(own),
    ...(customFields.size > 0 && { customFields: Object.fromEntries(customFields) }),
    [SYNC_MODE]: syncMode?.default ?? 'upsert'
  }
}

/** A trait, or the default of the field if an event lacks it. */
function withDefault(path: JSONObject, field: InputField, where: string, note: Noting): JSONObject {
  const otherwise = field.default as JSONObject | undefined
  if (otherwise === undefined) return path
  if ([path, firstMapping(path)].some((same) => isEqual(same, otherwise))) return otherwise
  note(where, `comes before the default mapping of ${field.label}, which is used if an event lacks this trait.`)
  return firstMapping(path, otherwise) as JSONObject
}

function isEqual(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other)
}

/** The label of a custom field does not work: Marketo refuses a record with an unknown name. */
function noteLabel(where: string, name: string, note: Noting): void {
  note(
    where,
    `names the lead field "${name}", which is not a name of Marketo's REST API. Look it up in Admin > Field Management > ` +
      'Export Field Names, correct it by hand under Custom Fields, then enable the mapping.',
    'by hand'
  )
}
