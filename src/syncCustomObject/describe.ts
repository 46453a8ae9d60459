import { mapAtMost } from '../marketo/transport/at-most'
import type { MarketoClient } from '../marketo/transport/client'
import { knownCustomObject } from '../marketo/areas/custom-objects'
import type { CustomObject } from '../marketo/areas/custom-objects'
import { leadFieldCalled } from '../marketo/areas/lead-names'
import { failureOf, isFailure, refusal } from '../marketo/transport/outcome'
import type { Failure } from '../marketo/transport/outcome'
import type { ObjectDraft } from './draft'
import { needsLead } from './object-event'

type Link = NonNullable<CustomObject['link']>

/** The shape of an event's record, and the lead field that links it, if its lead must be found. */
export interface Description {
  object: CustomObject
  linkedBy?: string
}

/** Looks up the custom objects of a batch, each once. A failure affects only the events that need that object. */
export async function describeAll(
  client: MarketoClient,
  drafts: ObjectDraft[]
): Promise<(draft: ObjectDraft) => Description | Failure> {
  const names = new Set(drafts.map(({ objectName }) => objectName))
  const objects = await lookUp(names, (name) => knownCustomObject(client, name))
  const linked = new Map<string, Link>()
  for (const draft of drafts) {
    const object = objects.get(draft.objectName) as CustomObject | Failure
    if (!isFailure(object) && needsLead(draft, object)) linked.set(draft.objectName, object.link)
  }
  // One after the other, because the first look-up may answer for all.
  const links = await lookUp(linked.keys(), (name) => linkFieldOf(client, name, linked.get(name) as Link), 1)
  return (draft) => {
    const object = objects.get(draft.objectName) as CustomObject | Failure
    if (isFailure(object) || !needsLead(draft, object)) return isFailure(object) ? object : { object }
    const linkedBy = links.get(draft.objectName)
    return isFailure(linkedBy) ? linkedBy : { object, linkedBy }
  }
}

async function linkFieldOf(client: MarketoClient, name: string, { field, leadField }: Link): Promise<string> {
  const linkedBy = await leadFieldCalled(client, leadField)
  if (linkedBy !== undefined) return linkedBy
  throw refusal(
    `Custom Object "${name}" is linked to leads by "${leadField}", but Marketo has no lead field with that name. Map ${field} under Fields.`
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
