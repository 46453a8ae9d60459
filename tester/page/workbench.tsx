import { Portal } from '@headlessui/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { EventPanel } from './events/event-panel'
import { whyNot } from './events/taken-by'
import { useEvents } from './events/use-events'
import { ImportDialog } from './import/import-dialog'
import { MappingEditor } from './mappings/mapping-editor'
import { MappingList } from './mappings/mapping-list'
import { problemWords } from './mappings/problem-words'
import { Dock } from './marketo/dock'
import { useSandbox } from './marketo/use-sandbox'
import { Output } from './output'
import { usePayload } from './payload/use-payload'
import { SettingsPanel } from './settings/settings-panel'
import type { Field, Mapping } from './shared/manifest'
import { chosenMapping, useChosenMapping, useSettings, useTester } from './store/tester'
import { TopBar } from './top-bar'

export function Workbench() {
  const manifest = useTester((tester) => tester.manifest)
  const settings = useSettings()
  const entry = useChosenMapping()
  const sandbox = useSandbox()
  const { read, events, event } = useEvents()
  const live = usePayload(entry, event, settings)
  const place = useRef<HTMLElement>(null)
  const [dropped, setDropped] = useState<string>()
  const mapping = entry?.mapping ?? NOTHING
  const fields = entry ? manifest.actions[entry.action].fields : NO_FIELDS
  const problems = live.mapped ? problemWords(live.mapped, fields, mapping) : []

  const payload = useTester(useShallow((tester) => literalsOf(chosenMapping(tester)?.mapping ?? NOTHING)))
  const action = entry?.action ?? ''
  const asking = useMemo(
    () => ({ action, settings, payload, onAsked: sandbox.refresh }),
    [action, settings, payload, sandbox.refresh]
  )
  useDrop(setDropped)
  return (
    <>
      <TopBar marketo={live.marketo} />
      <main ref={place}>
        {/* Open lists are part of the page's main content. */}
        <Portal.Group target={place}>
          <div className="columns">
            <EventPanel onImport={() => setDropped('')} />
            <section className="panel scroll" aria-label="Settings and mappings">
              <SettingsPanel marketo={live.marketo} onAsked={sandbox.refresh} />
              <MappingList events={events} />
              {entry && (
                <MappingEditor
                  entry={entry}
                  problems={Object.fromEntries(problems.map(({ field = '', words }) => [field, words]))}
                  asking={asking}
                  event={event}
                />
              )}
            </section>
            <Output
              notTaken={entry && event && whyNot(entry, event)}
              live={live}
              fields={fields}
              problems={problems}
              events={events}
              isList={'isList' in read && read.isList}
              onEnd={sandbox.refresh}
            />
          </div>
          <Dock marketo={live.marketo} sandbox={sandbox} />
        </Portal.Group>
      </main>
      {dropped !== undefined && <ImportDialog text={dropped} close={() => setDropped(undefined)} />}
    </>
  )
}

const NOTHING: Mapping = {}
const NO_FIELDS: Record<string, Field> = {}

/** Members that are the same for every event: choices of dynamic fields can depend on these. None is an object. */
const literalsOf = (mapping: Mapping) =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => typeof value !== 'object'))

/** A file may be dropped anywhere on the page. */
function useDrop(onText: (text: string) => void): void {
  useEffect(() => {
    const over = (drag: DragEvent) => drag.dataTransfer?.types.includes('Files') && drag.preventDefault()
    const drop = (drag: DragEvent) => {
      const file = drag.dataTransfer?.files[0]
      if (!file) return
      drag.preventDefault()
      void file.text().then(onText)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [onText])
}
