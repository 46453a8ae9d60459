import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { whyNot } from '../events/taken-by'
import { useEvents } from '../events/use-events'
import type { Live } from '../payload/use-payload'
import { chosenMapping, useChosenMapping, useSettings, useTester } from '../store/tester'
import type { Field, Mapping } from '../shared/manifest'
import { EventStepper } from './event-stepper'
import { MappingEditor } from './mapping-editor'
import { MappingList } from './mapping-list'
import { problemWords } from './problem-words'
import { Verdict } from './verdict'

interface Props {
  live: Live
  onAsked: () => void
}

/** All mappings, and the chosen one: which events it takes, and what it makes of the current event. */
export function MappingsView({ live, onAsked }: Props) {
  const manifest = useTester((tester) => tester.manifest)
  const settings = useSettings()
  const entry = useChosenMapping()
  const { events, event } = useEvents()
  const payload = useTester(useShallow((tester) => literalsOf(chosenMapping(tester)?.mapping ?? NOTHING)))
  const action = entry?.action ?? ''
  const asking = useMemo(() => ({ action, settings, payload, onAsked }), [action, settings, payload, onAsked])
  const fields = entry ? manifest.actions[entry.action].fields : NO_FIELDS
  const problems = live.mapped ? problemWords(live.mapped, fields, entry?.mapping ?? NOTHING) : []
  return (
    <div className="split rail">
      <div className="panel">
        <MappingList events={events} />
      </div>
      {entry ? (
        <MappingEditor
          entry={entry}
          problems={Object.fromEntries(problems.map(({ field = '', words }) => [field, words]))}
          asking={asking}
          event={event}
          live={live}
          verdict={
            <>
              <Verdict notTaken={event && whyNot(entry, event)} live={live} fields={fields} problems={problems} />
              <EventStepper entry={entry} />
            </>
          }
        />
      ) : (
        <p className="panel empty">Without a mapping, nothing is sent. Add one.</p>
      )}
    </div>
  )
}

const NOTHING: Mapping = {}
const NO_FIELDS: Record<string, Field> = {}

/** Members that are the same for every event: choices of dynamic fields can depend on these. None is an object. */
const literalsOf = (mapping: Mapping) =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => typeof value !== 'object'))
