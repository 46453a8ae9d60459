import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import { EXAMPLES, needsLeads } from '../examples/actions'
import { ACTIONS, settings } from './events'
import type { RemoteSandbox } from './sandbox-process'

/** REST calls for 1,000 events of 1,000 people. */
export interface FurtherRow {
  action: string
  /** What the mapping has beside the example. */
  and?: string
  /** Which people Marketo does not know yet. */
  knows: 'nobody' | 'everybody'
  calls: number
}

/** Mappings that cost more than the example of their action. */
const DEARER: { action: keyof typeof EXAMPLES; and: string; mapping: JSONObject }[] = [
  { action: 'setProgramStatus', and: 'Member Fields', mapping: { memberFields: { seats: 2 } } }
]

const EVENTS = 1_000
const IN_A_BATCH = 300
const PEOPLE = Array.from({ length: EVENTS }, (_, i) => ({ userId: `user-${i}`, email: `person.${i}@example.com` }))

/** bench/calls.ts measures these more closely. */
const MEASURED_CLOSELY: string[] = ACTIONS

/** Counts each action twice in a row: nobody is known the first time, everybody the second. */
export async function measureFurtherCalls(sandbox: RemoteSandbox): Promise<FurtherRow[]> {
  const rows: FurtherRow[] = []
  const examples = Object.entries(EXAMPLES).map(([action, { mapping }]) => ({ action, and: undefined, mapping }))
  const dearer = DEARER.map((one) => ({ ...one, mapping: { ...EXAMPLES[one.action].mapping, ...one.mapping } }))
  for (const { action, and, mapping: given } of [...examples, ...dearer]) {
    if (MEASURED_CLOSELY.includes(action)) continue
    await sandbox.reset(0, needsLeads(action) ? PEOPLE : undefined)
    const person = { userId: { '@path': '$.userId' }, email: { '@path': '$.properties.email' } }
    const mapping = action === 'submitForm' ? { email: person.email, ...given } : { ...person, ...given }
    const people = needsLeads(action) ? (['everybody'] as const) : (['nobody', 'everybody'] as const)
    for (const knows of people) {
      const before = (await sandbox.state()).usage.total
      await send(action, mapping)
      rows.push({ action, and, knows, calls: (await sandbox.state()).usage.total - before })
    }
  }
  return rows
}

async function send(action: string, mapping: JSONObject): Promise<void> {
  const running = new Destination(destination).actions[action]
  for (let from = 0; from < EVENTS; from += IN_A_BATCH) {
    const data = Array.from({ length: Math.min(IN_A_BATCH, EVENTS - from) }, (_, i) => eventOf(from + i))
    if (running.hasBatchSupport) {
      const outcomes = await running.executeBatch({ data, mapping, settings, auth: undefined })
      const failed = outcomes.find(({ status }) => status >= 300)
      if (failed) throw new Error(JSON.stringify(failed))
    } else {
      for (const one of data) await running.execute({ data: one, mapping, settings, auth: undefined })
    }
  }
}

const eventOf = (i: number): JSONObject => ({
  ...{ type: 'track', event: 'Order Completed', userId: PEOPLE[i].userId },
  properties: { email: PEOPLE[i].email, vin: `vin-${i}` }
})
