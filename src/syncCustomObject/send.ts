import { SYNC_ACTIONS } from '../leads/who/event'
import { sendForLeads } from '../leads/records/send'
import { CALLS } from '../marketo/calls/all-calls'
import { OBJECT_EXISTS } from '../marketo/transport/errors'
import { isFailure } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'
import type { RecordTarget } from '../marketo/calls/records'
import { rejectionOf } from '../segment/errors'
import type { Context } from '../segment/perform'
import type { ObjectDraft } from './draft'
import { describeAll } from './describe'
import { eventOf, foldedKey, ownedKey, objectRecord } from './object-event'
import type { ObjectEvent } from './object-event'

/** What Marketo would say with 1017. */
const objectExists: Failure = {
  status: 400,
  code: OBJECT_EXISTS,
  message:
    'An earlier event has created the record, and the mapping only creates records. Choose a way to sync objects that updates them.'
}

/** Finds the leads that records are linked to, then sends the records of a batch together. */
export async function syncObjects({ client, settings }: Context, drafts: ObjectDraft[]): Promise<void> {
  const described = await describeAll(client, drafts)
  const events: ObjectEvent[] = []
  for (const draft of drafts) {
    const description = described(draft)
    try {
      if (isFailure(description)) draft.outcome = description
      else events.push(eventOf(draft, description.object, description.linkedBy, settings))
    } catch (error) {
      draft.outcome = rejectionOf(error)
    }
  }
  // All events of a batch come from one mapping, which has one sync mode.
  const mode = events[0]?.draft.mode
  await sendForLeads(client, events, {
    target: targetOf,
    record: objectRecord,
    recordKey: ownedKey,
    queueKey: foldedKey,
    whichCounts: mode === 'add' ? 'first' : 'merged',
    onlyFirst: mode === 'add' ? objectExists : undefined
  })
  for (const event of events) event.draft.outcome = withNote(event)
}

/** Marketo links records by the value of a lead field, so it cannot tell leads with the same value apart. */
function withNote({ outcome, object: { link }, linkShared = 0 }: ObjectEvent): Outcome | undefined {
  if (outcome === undefined || isFailure(outcome) || !link || linkShared < 2) return outcome
  const note = `${linkShared} leads have the value of ${link.field} in the lead field "${link.leadField}". Marketo attaches the record to the one that was updated last. Link the object by the lead's ID or by userId to avoid this.`
  return { ...outcome, body: { ...outcome.body, note } }
}

function targetOf({ draft: { objectName, mode } }: ObjectEvent): RecordTarget {
  return mode === 'delete'
    ? { call: CALLS.deleteCustomObjects, id: objectName, head: { deleteBy: 'dedupeFields' } }
    : { call: CALLS.syncCustomObjects, id: objectName, head: { action: SYNC_ACTIONS[mode], dedupeBy: 'dedupeFields' } }
}
