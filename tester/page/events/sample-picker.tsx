import { useTester } from '../store/tester'
import { textOf, withEventText } from '../store/work'
import { SAMPLES, type Sample } from './samples'

/** Replaces the events with a sample, and shows the mapping for such an event. */
export function SamplePicker() {
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const { mappings } = useTester((tester) => tester.history.present)
  const all = Object.values(SAMPLES).flat()
  const pick = ({ name, event, action }: Sample) => {
    edit(`sample ${name}`, (work) => withEventText(work, textOf(event)))
    const entry = mappings.find((one) => one.action === action)
    choose({ event: 0, ...(entry && { mapping: entry.id }) })
  }
  return (
    <select
      aria-label="Sample"
      value=""
      onChange={({ target }) => {
        const sample = all.find(({ name }) => name === target.value)
        if (sample) pick(sample)
      }}
    >
      <option value="" disabled>
        Load a sample…
      </option>
      {Object.entries(SAMPLES).map(([group, samples]) => (
        <optgroup key={group} label={group}>
          {samples.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}
