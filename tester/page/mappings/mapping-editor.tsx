import { useMemo } from 'react'
import { SYNC_MODE, defaultMapping, type Field, type Manifest } from '../shared/manifest'
import { JsonTransfer } from '../shared/json-transfer'
import { Markdown } from '../shared/markdown'
import type { Event } from '../shared/server'
import { CreateType } from '../setup/create-type'
import { useTester } from '../store/tester'
import { changeMapping, duplicateMapping, withoutMapping, type MappingEntry } from '../store/work'
import { Fields } from './fields'
import { Notes } from './notes'
import { Paths, pathsOf } from './paths'
import { defaultTrigger, subscriptionOf, takeSubscription } from './subscription'
import { TriggerInput } from './trigger-input'
import type { Asking } from './use-choices'

interface Props {
  entry: MappingEntry
  problems: Record<string, string>
  asking: Asking
  event?: Event
}

/** One mapping: its name, the events that it takes, and how it maps them. */
export function MappingEditor({ entry, problems, asking, event }: Props) {
  const { id, name, action, subscribe, mapping, notes } = entry
  const manifest = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const definition = manifest.actions[action]
  const paths = useMemo(() => pathsOf(event), [event])
  const syncMode = definition.syncMode && { [SYNC_MODE]: syncModeField(definition.syncMode) }
  const change = (part: string, what: Partial<MappingEntry>) =>
    edit(`${id} ${part}`, (work) => changeMapping(work, id, what))
  const duplicate = () => {
    const copyId = crypto.randomUUID()
    edit('duplicate', (work) => duplicateMapping(work, id, copyId))
    choose({ mapping: copyId })
  }
  return (
    <section aria-label={`Mapping ${name}`}>
      <div className="row mapping-tools">
        <button type="button" onClick={duplicate}>
          Duplicate
        </button>
        <button type="button" onClick={() => edit('remove', (work) => withoutMapping(work, id))}>
          Remove
        </button>
        <button
          type="button"
          onClick={() =>
            change('reset', { subscribe: defaultTrigger(manifest, action), mapping: defaultMapping(definition) })
          }
        >
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
      </div>
      {notes && <Notes notes={notes} onDone={(left) => change('notes', { notes: left })} />}
      <div className="field">
        <label htmlFor="mapping-name">Name</label>
        <div className="field-value">
          <input
            id="mapping-name"
            type="text"
            autoComplete="off"
            value={name}
            onChange={({ target }) => change('name', { name: target.value })}
          />
          <p className="about">
            <b>{definition.title}.</b> <Markdown text={definition.description} />
          </p>
        </div>
      </div>
      <CreateType entry={entry} event={event} />
      <TriggerInput trigger={subscribe} onChange={(next) => change('trigger', { subscribe: next })} />
      <form aria-labelledby="mapping-title" onSubmit={(submit) => submit.preventDefault()}>
        <Paths value={paths}>
          <Fields
            key={id}
            form={action}
            fields={{ ...syncMode, ...definition.fields }}
            values={mapping}
            problems={problems}
            asking={asking}
            onChange={(next, field) => change(`field ${field}`, { mapping: next })}
          />
        </Paths>
      </form>
    </section>
  )
}

/** The sync mode is chosen like a field. */
const syncModeField = ({
  label,
  description,
  choices
}: NonNullable<Manifest['actions'][string]['syncMode']>): Field => ({
  label,
  description,
  choices,
  type: 'string',
  category: 'sync',
  disabledInputMethods: ['variable']
})
