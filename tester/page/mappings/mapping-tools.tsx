import { defaultMapping } from '../shared/manifest'
import { JsonTransfer } from '../shared/json-transfer'
import { useTester } from '../store/tester'
import { duplicateMapping, withoutMapping, type MappingEntry } from '../store/work'
import { defaultTrigger, subscriptionOf, takeSubscription } from './subscription'

interface Props {
  entry: MappingEntry
  /** @param part what is changed: quick changes of the same part are undone together */
  change: (part: string, what: Partial<MappingEntry>) => void
}

/** What can be done with a mapping as a whole. */
export function MappingTools({ entry, change }: Props) {
  const { id, action } = entry
  const manifest = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const duplicate = () => {
    const copyId = crypto.randomUUID()
    edit('duplicate', (work) => duplicateMapping(work, id, copyId))
    choose({ mapping: copyId })
  }
  const reset = () =>
    change('reset', {
      subscribe: defaultTrigger(manifest, action),
      mapping: defaultMapping(manifest.actions[action])
    })
  return (
    <>
      <button type="button" className="quiet" onClick={duplicate}>
        Duplicate
      </button>
      <button type="button" className="quiet" onClick={() => edit('remove', (work) => withoutMapping(work, id))}>
        Remove
      </button>
      <button type="button" className="quiet" onClick={reset}>
        Reset
      </button>
      <JsonTransfer
        of="mapping"
        copied={() => subscriptionOf(entry)}
        onPaste={(json) => {
          const taken = takeSubscription(manifest, action, json)
          if ('problem' in taken) return taken.problem
          change('paste', taken)
        }}
      />
    </>
  )
}
