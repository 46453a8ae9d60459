import fc from 'fast-check'
import { settings, useSandbox } from '../support/marketo'
import { segmentEvents, universe } from '../support/universe'
import { begin, reportsOfBatch } from '../support/ways'
import { endOf } from './foreseen'
import { rehearsed } from './support'

/**
 * What a rehearsal foresees is what a run does. A failing universe is printed with its seed and path, and can be replayed:
 * UNIVERSE_SEED=… UNIVERSE_PATH=… npx jest __tests__/rehearsal
 */
const runs = Number(process.env.REHEARSALS ?? 150)
const replay = {
  ...(process.env.UNIVERSE_SEED && { seed: Number(process.env.UNIVERSE_SEED) }),
  ...(process.env.UNIVERSE_PATH && { path: process.env.UNIVERSE_PATH })
}

const sandbox = useSandbox({ callsPerWindow: 1_000_000, callsPerDay: 1_000_000_000 })

/** Reads that happen once, however many events there are: fields, lists, programs, objects. */
const READS_THAT_HAPPEN_ONCE = 5

test(
  `a plan foresees each outcome and everything that the run then leaves in Marketo, without a write (${runs} universes)`,
  async () => {
    const calls = { rehearsal: 0, run: 0 }
    await fc.assert(
      fc.asyncProperty(universe, async (world) => {
        begin(sandbox(), world)
        const mapped = [{ action: world.action, mapping: world.sending.mapping }]
        const { leads } = sandbox().state()
        const { plan, foreseen, reads } = await rehearsed(
          sandbox(),
          segmentEvents(world),
          mapped,
          world.sending.settings ?? settings
        )
        const reports = await reportsOfBatch(sandbox(), world)
        expect(plan.events.map(({ status, message, leftOut }) => ({ status, message, leftOut }))).toEqual(
          reports.map(({ status, message, body }) => ({ status, message, leftOut: body?.leftOut }))
        )
        expect(foreseen).toEqual(endOf(sandbox(), leads))
        calls.rehearsal += reads
        calls.run += sandbox().state().usage.total
      }),
      { numRuns: runs, ...replay }
    )
    expect(calls.rehearsal).toBeLessThanOrEqual(calls.run * 1.02 + runs * READS_THAT_HAPPEN_ONCE)
    if (process.env.REHEARSALS) console.log(calls)
  },
  30_000 + runs * 1_000
)
