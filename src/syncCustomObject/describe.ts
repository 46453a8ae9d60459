import { mapAtMost } from '../marketo/at-most'
import type { MarketoClient } from '../marketo/client'
import { knownCustomObject } from '../marketo/custom-objects'
import type { CustomObject } from '../marketo/custom-objects'
import { leadFieldCalled } from '../marketo/lead-names'
import { failureOf, isFailure, refusal } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import type { ObjectDraft } from './draft'
import { needsLead } from './object-event'

/** What an event's record looks like, and the lead field that it is linked by if its lead has to be found. */
export interface Description {
  object: CustomObject
  linkedBy?: string
}

/** Looks up the custom objects of a batch, each once. What fails costs only the events that need it. */
export async function describeAll(
  client: MarketoClient,
  drafts: ObjectDraft[]
): Promise<(draft: ObjectDraft) => Description | Failure> {
  const names = new Set(drafts.map(({ objectName }) => objectName))
  const objects = await lookUp(names, (name) => knownCustomObject(client, name))
  const linked = new Set<string>()
  for (const draft of drafts) {
    const object = objects.get(draft.objectName)
    if (object && !isFailure(object) && needsLead(draft, object)) linked.add(draft.objectName)
  }
  // One after the other: the first one tells them all.
  const links = await lookUp(linked, (name) => linkFieldOf(client, name, objects.get(name) as CustomObject), 1)
  return (draft) => {
    const object = objects.get(draft.objectName) as CustomObject | Failure
    if (isFailure(object) || !needsLead(draft, object)) return isFailure(object) ? object : { object }
    const linkedBy = links.get(draft.objectName)
    return isFailure(linkedBy) ? linkedBy : { object, linkedBy }
  }
}

async function linkFieldOf(client: MarketoClient, name: string, { link }: CustomObject): Promise<string> {
  const { field = '', leadField = '' } = link ?? {}
  const linkedBy = await leadFieldCalled(client, leadField)
  if (linkedBy !== undefined) return linkedBy
  throw refusal(
    `Custom Object "${name}" is linked to leads by "${leadField}", but Marketo has no lead field of that name. Map ${field} under Fields.`
  )
}

async function lookUp<T>(
  names: Iterable<string>,
  look: (name: string) => Promise<T>,
  atOnce?: number
): Promise<Map<string, T | Failure>> {
  const found = new Map<string, T | Failure>()
  await mapAtMost(
    [...names],
    async (name) => {
      found.set(name, await look(name).catch(failureOf))
    },
    atOnce
  )
  return found
}
