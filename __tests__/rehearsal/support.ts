import { createTestEvent } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Event } from '../../rehearsal/input/json'
import type { Mapping } from '../../rehearsal/input/mapping'
import type { Plan } from '../../rehearsal/plan/contract'
import { rehearse } from '../../rehearsal/rehearse'
import type { Sandbox } from '../../sandbox'
import { ENDPOINTS } from '../../sandbox/rest/endpoints'
import type { Settings } from '../../src/generated-types'
import { forgetEverything } from '../../src/marketo/transport/memory'
import { anonymousTracking, mappingOf, sendBatch, sendSingle } from '../support/marketo'
import type { ActionKey, TestEvent } from '../support/marketo'
import { endAfter, endOf } from './foreseen'

export interface Mapped {
  action: ActionKey
  subscribe?: string
  mapping?: JSONObject
}

const WRITES = Object.entries(ENDPOINTS)
  .filter(([, { at }]) => at.every((one: string) => !one.startsWith('GET')))
  .map(([name]) => name)

export const mappingsOf = (mapped: Mapped[]): Mapping[] =>
  mapped.map(({ action, subscribe = 'type = "identify" or type = "track" or type = "page"', mapping }, i) => ({
    ...{ name: `mapping ${i + 1}`, action, subscribe, mapping: mappingOf(action, { mapping }) }
  }))

/** Waits that a test can afford. */
export const SHORT_WAITS = [10, 10, 10]

/** Rehearses, and checks that nothing was written and that all calls are counted. @returns the plan, and Marketo after it */
export async function rehearsed(
  sandbox: Sandbox,
  events: TestEvent[],
  mapped: Mapped[],
  settings: Settings = anonymousTracking
) {
  forgetEverything()
  const before = sandbox.state()
  const plan = await rehearse(
    {
      events: events.map((event) => createTestEvent(event) as unknown as Event),
      mappings: mappingsOf(mapped),
      settings
    },
    { waitsMs: SHORT_WAITS }
  )
  const after = sandbox.state()
  expect({ ...after, usage: 0, faults: 0 }).toEqual({ ...before, usage: 0, faults: 0 })
  const written = WRITES.filter((name) => countOf(after, name) > countOf(before, name))
  expect(written).toEqual([])
  expect(after.usage.uncounted.munchkin).toBe(before.usage.uncounted.munchkin)
  expect(plan.calls.read).toBe(after.usage.total - before.usage.total)
  return { plan, foreseen: endAfter(plan, before), reads: plan.calls.read }
}

const countOf = ({ usage }: ReturnType<Sandbox['state']>, name: string): number =>
  (usage.byEndpoint as Record<string, number | undefined>)[name] ?? 0

/** Sends events as the rehearsal does, for good. @returns the status of each event, mapping by mapping within a slice */
export async function run(events: TestEvent[], mapped: Mapped[], settings: Settings = anonymousTracking) {
  forgetEverything()
  const statuses: number[] = []
  for (let from = 0; from < events.length; from += 300) {
    for (const { action, mapping } of mapped) {
      const slice = events.slice(from, from + 300)
      if (action === 'submitForm') {
        for (const event of slice) {
          const status = await sendSingle(action, event, { mapping, settings }).then(
            () => 200,
            ({ status: failed }: { status?: number }) => failed ?? 400
          )
          statuses.push(status)
        }
      } else statuses.push(...(await sendBatch(action, slice, { mapping, settings })).map(({ status }) => status))
    }
  }
  return statuses
}

/** Rehearses and runs, and checks that the end is the one that was foreseen. */
export async function rehearsedAndRun(sandbox: Sandbox, events: TestEvent[], mapped: Mapped[], settings?: Settings) {
  const { plan, foreseen, reads } = await rehearsed(sandbox, events, mapped, settings)
  const { usage, leads } = sandbox.state()
  const statuses = await run(events, mapped, settings)
  expect(foreseen).toEqual(endOf(sandbox, leads))
  expect(plan.events.map(({ status }) => status).sort()).toEqual([...statuses].sort())
  return { plan, reads, calls: sandbox.state().usage.total - usage.total }
}

export const onlyEvent = (plan: Plan): Plan['events'][number] => {
  expect(plan.events).toHaveLength(1)
  return plan.events[0]
}
