import { createTestEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { rehearse } from '../../rehearsal/rehearse'
import { ENDPOINTS } from '../../sandbox/rest/endpoints'
import { forgetEverything } from '../../src/marketo/transport/memory'
import { mappingOf, settings, useSandbox } from '../support/marketo'
import { segmentEvents, universe } from '../support/universe'
import type { Universe } from '../support/universe'
import { begin, reportsOfBatch } from '../support/ways'
import { endAfter, endOf } from './foreseen'

/**
 * What a rehearsal foresees is what a run does. A failing universe is printed with its seed and path, and can be replayed:
 * UNIVERSE_SEED=… UNIVERSE_PATH=… npx jest __tests__/rehearsal
 */
const runs = Number(process.env.REHEARSALS ?? 300)
const replay = {
  ...(process.env.UNIVERSE_SEED && { seed: Number(process.env.UNIVERSE_SEED) }),
  ...(process.env.UNIVERSE_PATH && { path: process.env.UNIVERSE_PATH })
}

const sandbox = useSandbox({ callsPerWindow: 1_000_000, callsPerDay: 1_000_000_000 })

const WRITES = Object.entries(ENDPOINTS)
  .filter(([, { at }]) => at.every((one: string) => !one.startsWith('GET')))
  .map(([name]) => name)

async function rehearsed(world: Universe) {
  begin(sandbox(), world)
  const before = sandbox().state()
  const plan = await rehearse({
    events: segmentEvents(world).map((event) => createTestEvent(event)) as unknown as Record<string, unknown>[],
    mappings: [
      {
        name: 'one',
        action: world.action,
        subscribe: 'type = "track"',
        mapping: mappingOf(world.action, world.sending)
      }
    ],
    settings: world.sending.settings ?? settings
  })
  const { usage, ...after } = sandbox().state()
  expect({ ...after, usage: 0 }).toEqual({ ...before, usage: 0 })
  expect(Object.keys(usage.byEndpoint).filter((name) => WRITES.includes(name))).toEqual([])
  expect(usage.total).toBe(plan.calls.read)
  expect(JSON.stringify(plan)).not.toContain('"sandbox"')
  return { plan, foreseen: endAfter(plan, before), reads: usage.total }
}

test(
  `a plan foresees each outcome and everything that the run then leaves in Marketo, without a write (${runs} universes)`,
  async () => {
    let calls = { rehearsal: 0, run: 0 }
    await fc.assert(
      fc.asyncProperty(universe, async (world) => {
        const { plan, foreseen, reads } = await rehearsed(world)
        forgetEverything()
        const reports = await reportsOfBatch(sandbox(), world)
        expect(plan.events.map(({ status, message, leftOut }) => ({ status, message, leftOut }))).toEqual(
          reports.map(({ status, message, body }) => ({ status, message, leftOut: body?.leftOut }))
        )
        expect(foreseen).toEqual(endOf(sandbox()))
        calls = { rehearsal: calls.rehearsal + reads, run: calls.run + sandbox().state().usage.total }
      }),
      { numRuns: runs, ...replay }
    )
    console.log(calls)
  },
  30_000 + runs * 1_000
)
