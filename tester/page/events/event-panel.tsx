import { useMemo } from 'react'
import { JsonEditor } from '../shared/json-editor'
import { plural } from '../run/words'
import { useTester, useWork } from '../store/tester'
import { textOf, withEventText } from '../store/work'
import { EventList } from './event-list'
import { SamplePicker } from './sample-picker'
import { TakenBy } from './taken-by'
import { useEvents } from './use-events'

export function EventPanel({ onImport }: { onImport: () => void }) {
  const { eventText, imported } = useWork()
  const edit = useTester((tester) => tester.edit)
  const { read, events, position, event } = useEvents()
  const chosenText = useMemo(() => (event ? textOf(event) : ''), [event])
  return (
    <section className="panel" aria-labelledby="event-title">
      <header className="panel-head">
        <h2 id="event-title">Events</h2>
        <span className="row end">
          <SamplePicker />
          <button type="button" onClick={onImport}>
            Import…
          </button>
        </span>
      </header>
      {imported && (
        <p className="panel-note">
          <span>
            {plural(events.length, 'event')} from {imported.name}
          </span>
          <button
            type="button"
            className="quiet"
            onClick={() => edit('event', (work) => withEventText(work, textOf(event ?? {})))}
          >
            Edit event {position + 1} alone
          </button>
        </p>
      )}
      {events.length > 1 && <EventList events={events} position={position} />}
      {imported ? (
        <JsonEditor label={`Event ${position + 1}`} text={chosenText} />
      ) : (
        <JsonEditor
          label="Event"
          text={eventText}
          onChange={(text) => edit('event', (work) => withEventText(work, text))}
        />
      )}
      <footer className="panel-foot">
        {'error' in read ? <p className="problem">{read.error}</p> : event && <TakenBy event={event} />}
      </footer>
    </section>
  )
}
