import destination from '../src'
import { forgetEverything } from '../src/marketo/transport/memory'
import { ASSOCIATIONS_PER_BATCH } from '../src/marketo/transport/limits'
import { ACTIONS, eventsFor, sendInBatches } from './events'
import type { ActionKey } from './events'
import type { RemoteSandbox } from './sandbox-process'

export interface CallsRow {
  action: ActionKey
  state: 'cold' | 'warm'
  calls: number
  floor: number
}

const EVENTS = 1_000
const PER_CALL = Math.ceil(EVENTS / 300)

/**
 * Kinds of call that no destination can avoid. Cold: leads must be searched by email and by user ID before they are created.
 * Each batch of visits associates a fixed number of new visitors, with one call each.
 */
const FLOOR: Record<ActionKey, { cold: number; warm: number }> = {
  upsertLead: { cold: 3 * PER_CALL, warm: 2 * PER_CALL },
  sendCustomActivity: { cold: 4 * PER_CALL, warm: 2 * PER_CALL },
  visitWebPage: { cold: (2 + ASSOCIATIONS_PER_BATCH) * PER_CALL, warm: PER_CALL }
}

/** REST calls for 1,000 events. Cold: nobody is in Marketo yet (for visits: no visitor is associated). Warm: all are. */
export async function measureCalls(sandbox: RemoteSandbox): Promise<CallsRow[]> {
  const rows: CallsRow[] = []
  for (const action of ACTIONS) {
    const events = eventsFor(action, EVENTS)
    const count = async (send: () => Promise<void>) => {
      const before = (await sandbox.state()).usage.total
      await send()
      return (await sandbox.state()).usage.total - before
    }
    // As in a new process, which asks at once who owns the visitors' tokens.
    const send = () => {
      forgetEverything()
      return sendInBatches(destination, action, events)
    }
    await sandbox.reset()
    if (action === 'visitWebPage') await sendInBatches(destination, 'upsertLead', eventsFor('upsertLead', EVENTS))
    const cold = await count(send)
    const warm = action === 'visitWebPage' ? await onceAssociated(() => count(send)) : await count(send)
    rows.push({ action, state: 'cold', calls: cold, floor: FLOOR[action].cold })
    rows.push({ action, state: 'warm', calls: warm, floor: FLOOR[action].warm })
  }
  return rows
}

/** Sends and counts until all visitors are associated. */
async function onceAssociated(count: () => Promise<number>): Promise<number> {
  for (;;) {
    const calls = await count()
    if (calls < ASSOCIATIONS_PER_BATCH) return calls
  }
}
