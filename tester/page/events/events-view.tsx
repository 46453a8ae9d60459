import { useMemo, useState } from 'react'
import { plural } from '../run/words'
import { JsonEditor } from '../shared/json-editor'
import { useTester, useWork } from '../store/tester'
import { textOf, withEventText } from '../store/work'
import { EventList } from './event-list'
import { SamplePicker } from './sample-picker'
import { TakenBy } from './taken-by'
import { useEvents } from './use-events'

/** The events, the current one as text, and which mappings take it. */
export function EventsView({ onImport }: { onImport: () => void }) {
  const { eventText, imported } = useWork()
  const edit = useTester((tester) => tester.edit)
  const { read, events, position, event } = useEvents()
  const [search, setSearch] = useState('')
  const chosenText = useMemo(() => (event ? textOf(event) : ''), [event])
  const isList = events.length > 1
  const editor = (
    <JsonEditor
      label="Event"
      text={eventText}
      onChange={(text) => edit('event', (work) => withEventText(work, text))}
    />
  )
  return (
    <div className="split" data-list={isList || undefined}>
      <div className="panel">
        <header className="panel-head">
          <h2>Events</h2>
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
        {isList && (
          <>
            <input
              type="search"
              className="search"
              aria-label="Search events"
              placeholder="Search events"
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
            <EventList events={events} position={position} search={search} />
          </>
        )}
        {!isList && editor}
      </div>
      <div className="stack">
        {isList && (
          <section className="panel grow" aria-label="Text of the events">
            {imported ? <JsonEditor label={`Event ${position + 1}`} text={chosenText} /> : editor}
          </section>
        )}
        <section className="panel taken-panel" aria-label="Mappings for the event">
          {'error' in read ? <p className="verdict bad">{read.error}</p> : event && <TakenBy event={event} />}
        </section>
      </div>
    </div>
  )
}
