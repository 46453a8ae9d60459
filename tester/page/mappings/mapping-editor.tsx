import { useMemo, useState } from 'react'
import type { Live } from '../payload/use-payload'
import { JsonEditor } from '../shared/json-editor'
import { isObject, SYNC_MODE, type Field, type Manifest } from '../shared/manifest'
import { Markdown } from '../shared/markdown'
import type { Event } from '../shared/server'
import { useStored } from '../shared/stored'
import { CreateType } from '../setup/create-type'
import { useTester } from '../store/tester'
import { changeMapping, type MappingEntry } from '../store/work'
import { Fields } from './fields'
import { HookPanel } from './hook-panel'
import { MappingTools } from './mapping-tools'
import { Mapped } from './mapped'
import { Notes } from './notes'
import { Paths, pathsOf } from './paths'
import { TriggerInput } from './trigger-input'
import type { Asking } from './use-choices'

interface Props {
  entry: MappingEntry
  problems: Record<string, string>
  asking: Asking
  event?: Event
  live: Live
  verdict: React.ReactNode
}

/** One mapping: its name, the events that it takes, and how it maps them. */
export function MappingEditor({ entry, problems, asking, event, live, verdict }: Props) {
  const { id, name, action, subscribe, mapping, notes } = entry
  const manifest = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const [shown, setShown] = useStored<'Fields' | 'Payload'>('mapping-shows', 'Fields')
  const [search, setSearch] = useState('')
  const definition = manifest.actions[action]
  const paths = useMemo(() => pathsOf(event), [event])
  const syncMode = definition.syncMode && { [SYNC_MODE]: syncModeField(definition.syncMode) }
  const change = (part: string, what: Partial<MappingEntry>) =>
    edit(`${id} ${part}`, (work) => changeMapping(work, id, what))
  const payload = live.mapped?.payload
  return (
    <section className="panel mapping-editor" aria-label={`Mapping ${name}`}>
      <div className="mapping-head">
        {verdict}
        <div className="row mapping-tools">
          <div className="tabs">
            {(['Fields', 'Payload'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>
                {one}
              </button>
            ))}
          </div>
          {shown === 'Fields' && (
            <input
              type="search"
              aria-label="Search fields"
              placeholder="Search fields"
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
          )}
          <span className="row end">
            <MappingTools entry={entry} change={change} />
          </span>
        </div>
      </div>
      {shown === 'Payload' && (
        <div className={live.problem ? 'stale fill' : 'fill'}>
          <JsonEditor label="Payload" text={payload === undefined ? '' : JSON.stringify(payload, null, 2)} />
        </div>
      )}
      <div className="mapping-body" hidden={shown !== 'Fields'}>
        {notes && <Notes notes={notes} onDone={(left) => change('notes', { notes: left })} />}
        <div className="field" hidden={search !== ''}>
          <label htmlFor="mapping-name">Name</label>
          <div className="field-value">
            <input
              id="mapping-name"
              type="text"
              autoComplete="off"
              value={name}
              onChange={({ target }) => change('name', { name: target.value })}
            />
          </div>
          <p className="about">
            <b>{definition.title}.</b> <Markdown text={definition.description} />
          </p>
        </div>
        {search === '' && <CreateType entry={entry} event={event} />}
        <TriggerInput
          trigger={subscribe}
          isShown={search === ''}
          onChange={(next) => change('trigger', { subscribe: next })}
        />
        <form aria-labelledby="mapping-title" onSubmit={(submit) => submit.preventDefault()}>
          <Paths value={paths}>
            <Mapped value={isObject(payload) ? payload : NOTHING}>
              <Fields
                key={id}
                form={action}
                fields={{ ...syncMode, ...definition.fields }}
                values={mapping}
                problems={problems}
                asking={asking}
                search={search}
                onChange={(next, field) => change(`field ${field}`, { mapping: next })}
              />
            </Mapped>
          </Paths>
        </form>
        {search === '' &&
          Object.keys(definition.hooks ?? {}).map((hook) => (
            <HookPanel key={`${id} ${hook}`} entry={entry} hook={hook} asking={asking} change={change} />
          ))}
      </div>
    </section>
  )
}

const NOTHING = {}

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
