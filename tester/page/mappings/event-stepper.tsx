import { useMemo } from 'react'
import { matchingIn } from '../events/current-events'
import { useEvents } from '../events/use-events'
import { inWords, plural } from '../run/words'
import { useTester, useWork } from '../store/tester'
import type { MappingEntry } from '../store/work'

/** Steps through the events that the mapping takes. The mapping is judged by one of them. */
export function EventStepper({ entry }: { entry: MappingEntry }) {
  const work = useWork()
  const choose = useTester((tester) => tester.choose)
  const { events, position } = useEvents()
  const matching = useMemo(() => matchingIn(work, entry), [work, entry])
  if (events.length < 2) return null
  const at = matching.indexOf(position)
  const before = [...matching].reverse().find((one) => one < position)
  const after = matching.find((one) => one > position)
  return (
    <div className="stepper" role="group" aria-label="Events that the mapping takes">
      {step('Previous event that it takes', '‹', before)}
      {step('Next event that it takes', '›', after)}
      <span>
        {matching.length === 0
          ? `This mapping takes none of the ${plural(events.length, 'event')}.`
          : at < 0
          ? `Event ${inWords(position + 1)} is not among the ${inWords(matching.length)} that this mapping takes.`
          : `Event ${inWords(position + 1)}: ${inWords(at + 1)} of ${inWords(
              matching.length
            )} that this mapping takes.`}
      </span>
    </div>
  )

  function step(label: string, sign: string, to: number | undefined) {
    return (
      <button
        type="button"
        aria-label={label}
        title={label}
        disabled={to === undefined}
        onClick={() => to !== undefined && choose({ event: to })}
      >
        {sign}
      </button>
    )
  }
}
