import { JsonEditor } from '../shared/json-editor'
import type { Read } from './events'
import { SAMPLES, type Sample } from './samples'

interface Props {
  text: string
  read: Read
  onChange: (text: string) => void
  onSample: (sample: Sample) => void
}

export function EventPanel({ text, read, onChange, onSample }: Props) {
  return (
    <section className="panel" aria-labelledby="event-title">
      <header className="panel-head">
        <h2 id="event-title">Event</h2>
        <SamplePicker onSample={onSample} />
      </header>
      <JsonEditor label="Event" text={text} onChange={onChange} />
      <footer className="panel-foot" role="status">
        {'error' in read ? (
          <span className="problem">{read.error}</span>
        ) : (
          <span className="faint">{read.isList ? `A list of ${read.events.length} events` : 'One event'}</span>
        )}
      </footer>
    </section>
  )
}

function SamplePicker({ onSample }: Pick<Props, 'onSample'>) {
  const all = Object.values(SAMPLES).flat()
  return (
    <select
      aria-label="Sample"
      value=""
      onChange={({ target }) => {
        const sample = all.find(({ name }) => name === target.value)
        if (sample) onSample(sample)
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
