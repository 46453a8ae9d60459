import { useTester } from '../store/tester'
import { newMapping, textOf, withEventText, withMapping } from '../store/work'
import { SAMPLES, type Sample } from './samples'

/** Replaces the events with a sample, and shows the mapping for such an event. Some samples bring a mapping along. */
export function SamplePicker() {
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const show = useTester((tester) => tester.show)
  const manifest = useTester((tester) => tester.manifest)
  const { mappings } = useTester((tester) => tester.history.present)
  const all = Object.values(SAMPLES).flat()
  const pick = ({ name, event, action, mapping }: Sample) => {
    const known = mappings.find((one) => one.action === action && (!mapping || one.name === mapping.name))
    const added = mapping && !known && madeFor(action, mapping)
    edit(`sample ${name}`, (work) => withEventText(added ? withMapping(work, added) : work, textOf(event)))
    const entry = known ?? added
    choose({ event: 0, ...(entry && { mapping: entry.id }) })
    if (mapping) show({ view: 'Mappings' })
  }
  const madeFor = (action: string, { mapping, ...others }: NonNullable<Sample['mapping']>) => {
    const made = newMapping(manifest, action)
    return { ...made, ...others, mapping: { ...made.mapping, ...mapping } }
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
