import { triggerProblem } from '../../../rehearsal/input/trigger'

interface Props {
  trigger: string
  onChange: (trigger: string) => void
}

/** Which events the mapping takes, in Segment's query language. */
export function TriggerInput({ trigger, onChange }: Props) {
  const problem = triggerProblem(trigger)
  return (
    <div className="field" data-field="trigger" data-problem={problem ? '' : undefined}>
      <label htmlFor="trigger">Trigger</label>
      <div className="field-value">
        <input
          id="trigger"
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-describedby="trigger-about"
          aria-invalid={problem ? true : undefined}
          value={trigger}
          onChange={({ target }) => onChange(target.value)}
        />
        <p id="trigger-about" className="problem">
          {problem}
        </p>
      </div>
    </div>
  )
}
