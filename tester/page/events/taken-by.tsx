import { whyNotTaken } from '../../../rehearsal/input/trigger'
import type { Event } from '../shared/server'
import { useWork } from '../store/tester'
import type { MappingEntry } from '../store/work'

/** Which mappings take the current event, and why the others do not. */
export function TakenBy({ event }: { event: Event }) {
  const { mappings } = useWork()
  const reasons = mappings.map((entry) => ({ entry, why: whyNot(entry, event) }))
  const isTaken = reasons.some(({ why }) => why === undefined)
  return (
    <section aria-labelledby="taken-title" className="taken" tabIndex={0}>
      <h3 id="taken-title">{isTaken ? 'Taken by' : 'No mapping takes this event'}</h3>
      <ul>
        {reasons.map(({ entry: { id, name }, why }) => (
          <li key={id} data-taken={why === undefined || undefined}>
            <span aria-hidden="true">{why === undefined ? '✓' : '–'}</span> <b>{name}</b>
            {why === undefined ? <span className="unseen"> takes it</span> : `: ${why}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** @returns why Segment does not send an event to a mapping; undefined if it does */
export const whyNot = ({ enabled, subscribe }: MappingEntry, event: Event): string | undefined =>
  enabled ? whyNotTaken(subscribe, event) : 'It is off.'
