import type { Condition, GroupCondition } from './trigger-tree'
import { newLeaf } from './trigger-tree'
import { TriggerCondition } from './trigger-condition'

interface Props {
  group: GroupCondition
  /** Names the group, and in an inner group also its conditions. */
  label: string
  /** Groups in groups are written as text. */
  isInner?: boolean
  onChange: (group: GroupCondition) => void
}

/** The conditions of a trigger, all of which or one of which must hold. */
export function TriggerBuilder({ group, label, isInner = false, onChange }: Props) {
  const { children, operator } = group
  const put = (index: number, child: Condition) =>
    onChange({ ...group, children: children.map((old, at) => (at === index ? child : old)) })
  const remove = (index: number) => onChange({ ...group, children: children.filter((_, at) => at !== index) })
  const add = (child: Condition) => onChange({ ...group, children: [...children, child] })
  return (
    <div role="group" aria-label={label} className={isInner ? 'conditions inner' : 'conditions'}>
      {children.map((child, index) => {
        const name = isInner ? `${label}.${index + 1}` : `Condition ${index + 1}`
        return (
          <div className="condition-line" key={index}>
            {index > 0 && (
              <select
                aria-label={`${name} is joined by`}
                value={operator}
                onChange={({ target }) => onChange({ ...group, operator: target.value === 'or' ? 'or' : 'and' })}
              >
                <option>and</option>
                <option>or</option>
              </select>
            )}
            {child.type === 'group' ? (
              <TriggerBuilder group={child} label={name} isInner onChange={(inner) => put(index, inner)} />
            ) : (
              <TriggerCondition leaf={child} label={name} onChange={(leaf) => put(index, leaf)} />
            )}
            <button type="button" className="quiet remove" aria-label={`Remove ${name}`} onClick={() => remove(index)}>
              ×
            </button>
          </div>
        )
      })}
      <div className="row">
        <button type="button" className="quiet" onClick={() => add(newLeaf())}>
          + Condition
        </button>
        {!isInner && children.length > 0 && (
          <button
            type="button"
            className="quiet"
            onClick={() =>
              add({ type: 'group', operator: operator === 'and' ? 'or' : 'and', children: [newLeaf(), newLeaf()] })
            }
          >
            + Group
          </button>
        )}
      </div>
    </div>
  )
}
