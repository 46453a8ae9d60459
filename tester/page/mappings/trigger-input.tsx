import { triggerDoubt, triggerProblem } from '../../../rehearsal/input/trigger'
import { TriggerBuilder } from './trigger-builder'
import { treeOf, triggerOf } from './trigger-tree'

interface Props {
  /** A search among the fields hides it. */
  isShown: boolean
  trigger: string
  onChange: (trigger: string) => void
}

/** Which events the mapping takes: built of conditions as in Segment's app, and beside them as the text that Segment stores. */
export function TriggerInput({ isShown, trigger, onChange }: Props) {
  const problem = triggerProblem(trigger)
  const doubt = triggerDoubt(trigger)
  const tree = treeOf(trigger)
  return (
    <div className="field" data-field="trigger" data-problem={problem ? '' : undefined} hidden={!isShown}>
      <label htmlFor="trigger">Trigger</label>
      <div className="trigger">
        {tree && <TriggerBuilder group={tree} label="Conditions" onChange={(next) => onChange(triggerOf(next))} />}
        <div>
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
          <div id="trigger-about">
            {problem && <p className="problem">{problem}</p>}
            {doubt && <p className="doubt">{doubt}</p>}
          </div>
        </div>
      </div>
    </div>
  )
}
