import type { ActivityType, ActivityTypeAttribute, NewActivityType } from '../marketo/areas/activities'
import { ACTIVITY_TYPES_PER_INSTANCE, ATTRIBUTES_PER_ACTIVITY } from '../marketo/transport/limits'
import { refusal } from '../marketo/transport/outcome'
import type { OnMappingSaveInputs } from './generated-types'
import { apiNameFor, free, sameName, wantedAttributeIn } from './type-names'
import type { WantedAttribute } from './type-names'

/** The activity type that a person asks for. */
export interface WantedType {
  name: string
  /** Empty if the person entered none. */
  primaryAttribute: string
  attributes: WantedAttribute[]
}

/** An activity type with what records can have, and what they can have once its draft is approved. */
export interface DescribedType {
  primaryAttribute?: Pick<ActivityTypeAttribute, 'apiName' | 'name'>
  live: readonly ActivityTypeAttribute[]
  draft: readonly ActivityTypeAttribute[]
}

/** What must be done with a type. */
export interface AttributePlan {
  toAdd: ActivityTypeAttribute[]
  /** Whether attributes that are asked for are not yet live. */
  needsApproval: boolean
  /** What differs from what was asked for, and stays, in sentences. */
  notes: string[]
}

/**
 * @returns undefined if the person asks for no type
 * @throws MarketoError (400) for names and types that Marketo does not take; it names the field
 */
export function wantedTypeIn(inputs: OnMappingSaveInputs): WantedType | undefined {
  const name = textOf(inputs.typeName)
  if (name === '') return undefined
  if (!/^[\w ]+$/.test(name) || !/[a-z]/i.test(name)) {
    throw refusal(
      `Type Name "${name}" may only have letters from A to Z, digits, spaces and underscores, and needs a letter: Marketo takes no other names.`
    )
  }
  const primaryAttribute = textOf(inputs.primaryAttribute)
  const entries = [inputs.attributes ?? []].flat().map(textOf)
  const given = entries.filter((entry) => entry !== '').map(wantedAttributeIn)
  const attributes = given.filter(
    (attribute, i) =>
      !sameName(primaryAttribute, attribute.name) &&
      given.findIndex((candidate) => sameName(candidate.name, attribute.name)) === i
  )
  if (attributes.length > ATTRIBUTES_PER_ACTIVITY) throw tooManyAttributes(attributes.length)
  return { name, primaryAttribute, attributes }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const tooManyAttributes = (count: number) =>
  refusal(
    `The activity type would have ${count} attributes, but Marketo allows ${ATTRIBUTES_PER_ACTIVITY}. Enter fewer Attributes, or send several values as one attribute of type text: an object becomes JSON text.`
  )

/**
 * @param types all custom activity types of the instance, drafts too
 * @returns the type to create
 * @throws MarketoError (400) if there is no room for it, or its primary attribute has no name
 */
export function newTypeFor({ name, primaryAttribute }: WantedType, types: readonly ActivityType[]): NewActivityType {
  if (primaryAttribute === '') {
    throw refusal('Primary Attribute is empty. Enter the name of the field that Primary Attribute Value fills.')
  }
  if (types.length >= ACTIVITY_TYPES_PER_INSTANCE) {
    throw refusal(
      `Marketo has ${types.length} custom activity types (${types
        .map((type) => type.name)
        .join(
          ', '
        )}), and its limit is ${ACTIVITY_TYPES_PER_INSTANCE}. Use one type for several events, such as "Segment Event", or delete one in Admin > Marketo Custom Activities. If your subscription allows more, create the type there.`
    )
  }
  // Marketo may add `_c` to API names.
  const apiNames = types.map(({ apiName }) => String(apiName).replace(/_c$/, ''))
  const shown = types.flatMap(({ triggerName, filterName }) => [triggerName ?? '', filterName ?? ''])
  return {
    apiName: apiNameFor(name, apiNames, 'type'),
    name,
    description: 'Created by Segment.',
    triggerName: free(`${name} Happens`, shown, ' '),
    filterName: free(`${name} Happened`, shown, ' '),
    primaryAttribute: { apiName: apiNameFor(primaryAttribute, [], 'primary'), name: primaryAttribute }
  }
}

/** @throws MarketoError (400) if the type has no room for the attributes */
export function planAttributes(wanted: WantedType, { primaryAttribute, live, draft }: DescribedType): AttributePlan {
  const notes: string[] = []
  const toAdd: ActivityTypeAttribute[] = []
  let needsApproval = false
  if (primaryAttribute && wanted.primaryAttribute !== '' && !isCalled(primaryAttribute, wanted.primaryAttribute)) {
    notes.push(`Its primary attribute is "${primaryAttribute.name}", which Marketo cannot change.`)
  }
  for (const { name, dataType } of wanted.attributes) {
    if (primaryAttribute && isCalled(primaryAttribute, name)) continue
    const there = draft.find((attribute) => isCalled(attribute, name))
    if (!live.some((attribute) => isCalled(attribute, name))) needsApproval = true
    if (!there) {
      const taken = [primaryAttribute, ...draft, ...toAdd].map((attribute) => attribute?.apiName ?? '')
      toAdd.push({ apiName: apiNameFor(name, taken, 'attribute'), name, dataType })
    } else if (there.dataType !== dataType) {
      notes.push(`Its attribute "${there.name}" is of type ${there.dataType} and stays so.`)
    }
  }
  const count = draft.length + toAdd.length
  if (toAdd.length > 0 && count > ATTRIBUTES_PER_ACTIVITY) throw tooManyAttributes(count)
  return { toAdd, needsApproval, notes }
}

const isCalled = (attribute: Pick<ActivityTypeAttribute, 'apiName' | 'name'>, name: string): boolean =>
  sameName(attribute.name, name) || sameName(attribute.apiName, name)
