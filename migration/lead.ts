import type { InputField, JSONObject } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import destination from '../src'
import { firstMapping, firstOf, PATHS_AT_MOST, TRAITS } from '../src/segment/traits'
import { chainOf, directiveFor, pathOf } from './directive'
import type { Noting } from './migration'
import { isKeptByMarketo, isRestName, standardFieldOf } from './standard-fields'
import { SYNC_MODE } from './sync-mode'
import { entriesOf, pathTo, textOf, TypeNotes } from './values'

/** The fields of Upsert Lead that fill a standard lead field, by its REST API name. */
export const OWN_FIELDS = new Map<string, string>([
  ['id', 'leadId'],
  ['email', 'email'],
  ['userId', 'userId'],
  ['anonymousId', 'anonymousId'],
  ...Object.entries(TRAITS).map(([key, { rest }]): [string, string] => [rest, key])
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
    if (path === undefined) continue
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
    const paths = [path, ...userIdFor(segmentTrait, key, where, note)]
    target.set(field, key === undefined ? mappingOf(paths) : withDefault(paths, fields[key], where, note))
  }
  types.noteTo(note)
  return {
    ...(defaultValues(fields) as JSONObject),
    ...Object.fromEntries(own),
    ...(customFields.size > 0 && { customFields: Object.fromEntries(customFields) }),
    [SYNC_MODE]: syncMode?.default ?? 'upsert'
  }
}

/**
 * The classic destination read traits with Segment's Facade, whose trait `id` is the User ID. So few events have a trait of that
 * name. A User ID is never a Marketo Lead ID.
 */
function userIdFor(segmentTrait: string, key: string | undefined, where: string, note: Noting): string[] {
  if (segmentTrait.trim().toLowerCase() !== 'id' || key === 'leadId') return []
  note(
    where,
    `was the User ID in the classic destination. It is the trait ${segmentTrait} now, or the User ID if an event lacks it.`
  )
  return ['$.userId']
}

/** The first of these paths that an event has. A single one as it is, so that it can clear a custom field. */
const mappingOf = (paths: string[]): JSONObject =>
  (paths.length === 1 ? directiveFor(paths[0]) : firstOf(...paths)) as JSONObject

/** The paths of a trait, or the default of the field if an event lacks it. */
function withDefault(paths: string[], field: InputField, where: string, note: Noting): JSONObject {
  const otherwise = field.default as JSONObject | undefined
  if (otherwise === undefined) return mappingOf(paths)
  const defaults = chainOf(otherwise) ?? [pathOf(otherwise) ?? '']
  if (paths.every((path, i) => path === defaults[i])) return otherwise
  note(where, `comes before the default mapping of ${field.label}, which is used if an event lacks this trait.`)
  const rest = defaults.filter((path) => !paths.includes(path)).slice(0, PATHS_AT_MOST - paths.length)
  const last = rest.length === defaults.length ? otherwise : rest.length > 0 ? firstOf(...rest) : undefined
  return paths.reduceRight((later, path) => firstMapping(directiveFor(path), later), last) as JSONObject
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
