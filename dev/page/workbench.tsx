import { useMemo, useState } from 'react'
import { EventPanel } from './event/event-panel'
import { readEvents } from './event/events'
import type { Sample } from './event/samples'
import { MappingPanel } from './mapping/mapping-panel'
import { SettingsPanel } from './mapping/settings-panel'
import { whyNotTaken } from './mapping/trigger'
import { MarketoPanel } from './marketo/marketo-panel'
import { useSandbox } from './marketo/use-sandbox'
import { Output } from './result/output'
import { usePayload } from './result/use-payload'
import { useRun } from './result/use-run'
import type { Manifest, Mapping } from './shared/manifest'
import type { Mapped } from './shared/server'
import { ThemeButton } from './shared/theme'
import { useWork } from './use-work'

export function Workbench({ manifest }: { manifest: Manifest }) {
  const work = useWork(manifest)
  const { action, mapping, trigger, settings, eventText } = work
  const sandbox = useSandbox()
  const read = useMemo(() => readEvents(eventText), [eventText])
  const events = 'error' in read ? undefined : read.events
  const [chosen, setChosen] = useState(0)
  const event = events?.[Math.min(chosen, events.length - 1)]
  const live = usePayload(action, event, mapping, settings)
  const running = useRun(sandbox.refresh)

  const literals = JSON.stringify(literalsOf(mapping))
  const payload = useMemo(() => JSON.parse(literals) as unknown, [literals])
  const asking = { action, settings, payload, onAsked: sandbox.refresh }

  const pickSample = (sample: Sample) => {
    work.setEventText(JSON.stringify(sample.event, null, 2))
    if (manifest.actions[sample.action]) work.setMapping(sample.action)
    setChosen(0)
  }
  return (
    <>
      <header className="top">
        <h1>{manifest.name}</h1>
        <span className="faint">Actions Tester</span>
        <span className="row end">
          {live.marketo && (
            <span className={`badge ${live.marketo.isSandbox ? 'calm' : 'wait'}`}>Marketo: {live.marketo.label}</span>
          )}
          <ThemeButton />
        </span>
      </header>
      <main>
        <div className="columns">
          <EventPanel text={eventText} read={read} onChange={work.setEventText} onSample={pickSample} />
          <section className="panel scroll" aria-label="Settings and mapping">
            <SettingsPanel
              manifest={manifest}
              settings={settings}
              marketo={live.marketo}
              onChange={work.setSettings}
              onAsked={sandbox.refresh}
            />
            <MappingPanel
              manifest={manifest}
              action={action}
              mapping={mapping}
              trigger={trigger}
              problems={problemsOf(live.mapped)}
              asking={asking}
              onChange={work.setMapping}
            />
          </section>
          <Output
            work={[eventText, action, mapping]}
            notTaken={event && whyNotTaken(trigger, event)}
            live={live}
            fields={manifest.actions[action].fields}
            list={
              events && events.length > 1
                ? { length: events.length, chosen: Math.min(chosen, events.length - 1), onChoose: setChosen }
                : undefined
            }
            isList={'isList' in read && read.isList}
            running={running}
            onRun={(plan) =>
              events && running.run(plan, { events, action, mapping, settings, title: manifest.actions[action].title })
            }
            canRun={events !== undefined}
          />
        </div>
        <MarketoPanel marketo={live.marketo} sandbox={sandbox} touched={running.touched} />
      </main>
    </>
  )
}

/** Members that hold for every event: choices of dynamic fields can depend on these. */
const literalsOf = (mapping: Mapping) =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => typeof value !== 'object'))

const problemsOf = (mapped: Mapped | undefined) =>
  Object.fromEntries(mapped?.problems.map(({ field = '', message }) => [field, message]) ?? [])
