import {
  activityTypes,
  addActivityAttributes,
  approveActivityType,
  createActivityType,
  describeActivityType,
  isApproved
} from '../marketo/areas/activities'
import type { ActivityType } from '../marketo/areas/activities'
import { forgetAttributeTypes } from '../marketo/areas/instance-fields'
import type { MarketoClient } from '../marketo/transport/client'
import { failureOf, MarketoError } from '../marketo/transport/outcome'
import { newTypeFor, planAttributes } from './plan-type'
import type { DescribedType, WantedType } from './plan-type'
import { sameName } from './type-names'

/** The type that a person asked for, and what was done. */
interface MadeType {
  id: number
  /** In sentences. */
  notes: string[]
}

/**
 * Creates and approves an activity type, or adds what an existing one of that name lacks. If that fails halfway, the same again
 * finishes it.
 * @throws MarketoError that says what is done already
 */
export async function makeType(client: MarketoClient, wanted: WantedType): Promise<MadeType> {
  const types = await activityTypes(client)
  const there = types.find(({ name }) => sameName(name, wanted.name))
  if (there) {
    const done = await completeType(client, wanted, there, await describedType(client, there))
    return { id: there.id, notes: [`The activity type "${there.name}" was there already.`, ...done] }
  }
  const wantedType = newTypeFor(wanted, types)
  const created = await createActivityType(client, wantedType)
  try {
    const empty = { primaryAttribute: wantedType.primaryAttribute, live: [], draft: [] }
    const done = await completeType(client, wanted, created, empty)
    return { id: created.id, notes: [`The activity type "${wanted.name}" was created.`, ...done] }
  } catch (error) {
    const failure = failureOf(error)
    throw new MarketoError({
      ...failure,
      message: `The activity type "${wanted.name}" was created, but it is still a draft. ${failure.message} Then save the mapping again.`
    })
  }
}

async function completeType(
  client: MarketoClient,
  wanted: WantedType,
  type: ActivityType,
  described: DescribedType
): Promise<string[]> {
  const { toAdd, needsApproval, notes } = planAttributes(wanted, described)
  const done: string[] = []
  if (toAdd.length > 0) {
    await addActivityAttributes(client, type.apiName, toAdd)
    done.push(`Attributes added: ${toAdd.map(({ name, dataType }) => `${name} (${dataType})`).join(', ')}.`)
  }
  if (needsApproval || !isApproved(type)) {
    await approveActivityType(client, type.apiName)
    forgetAttributeTypes(client, type.id)
    done.push('It was approved.')
  }
  return [...done, ...notes]
}

async function describedType(client: MarketoClient, type: ActivityType): Promise<DescribedType> {
  const hasDraft = type.status !== 'approved'
  const draft = await describeActivityType(client, type.apiName, hasDraft ? 'draft' : 'live')
  const live = isApproved(type) && hasDraft ? await describeActivityType(client, type.apiName) : draft
  return {
    primaryAttribute: draft.primaryAttribute,
    live: isApproved(type) ? live.attributes ?? [] : [],
    draft: draft.attributes ?? []
  }
}
