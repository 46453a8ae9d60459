import { useTester, useWork, VIEWS, type View } from './store/tester'
import { useEvents } from './events/use-events'
import { inWords } from './run/words'

/** The views of the page, one for each job. */
export function Navigation() {
  const view = useTester((tester) => tester.view)
  const show = useTester((tester) => tester.show)
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const { mappings, notes } = useWork()
  const { events } = useEvents()
  const about: Partial<Record<View, string>> = {
    Events: events.length > 1 ? inWords(events.length) : '',
    Mappings: String(mappings.length),
    Run: isRunning ? '…' : '',
    Settings: notes ? `${notes.length} to do` : ''
  }
  return (
    <nav aria-label="Views" className="views">
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={view === name ? 'page' : undefined}
          onClick={() => show({ view: name })}
        >
          {name}
          {about[name] && <span className="count-of"> {about[name]}</span>}
        </button>
      ))}
    </nav>
  )
}
