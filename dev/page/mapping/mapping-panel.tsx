import { defaultMapping, isObject, SYNC_MODE, type Field, type Manifest, type Mapping } from '../shared/manifest'
import { JsonTransfer } from '../shared/json-transfer'
import { Markdown } from '../shared/markdown'
import { Fields } from './fields'
import { subscriptionOf, takeSubscription } from './subscription'
import { TriggerInput } from './trigger-input'
import type { Asking } from './use-choices'

interface Props {
  manifest: Manifest
  action: string
  mapping: Mapping
  trigger: string
  problems: Record<string, string>
  asking: Asking
  /** Chooses an action, and with a mapping also sets it. */
  onChange: (action: string, mapping?: Mapping, trigger?: string) => void
}

export function MappingPanel({ manifest, action, mapping, trigger, problems, asking, onChange }: Props) {
  const definition = manifest.actions[action]
  const syncMode = definition.syncMode && { [SYNC_MODE]: syncModeField(definition.syncMode) }
  return (
    <>
      <header className="panel-head">
        <h2 id="mapping-title">Mapping</h2>
        <JsonTransfer
          of="mapping"
          copied={() => subscriptionOf(manifest, action, mapping, trigger)}
          onPaste={(json) => {
            const taken = takeSubscription(manifest, action, json)
            if ('problem' in taken) return taken.problem
            onChange(taken.action, taken.mapping, taken.trigger)
          }}
        />
      </header>
      <div className="actions" role="radiogroup" aria-label="Action">
        {Object.entries(manifest.actions).map(([name, { title }]) => (
          <label key={name}>
            <input type="radio" name="action" checked={name === action} onChange={() => onChange(name)} />
            {title}
          </label>
        ))}
      </div>
      <div className="presets">
        <p className="about">
          <Markdown text={definition.description} />
        </p>
        <div className="row">
          {manifest.presets?.map((preset) => (
            <button
              key={preset.name}
              type="button"
              onClick={() =>
                isObject(preset.mapping) && onChange(preset.partnerAction, preset.mapping, preset.subscribe)
              }
            >
              Preset: {preset.name}
            </button>
          ))}
          <button type="button" onClick={() => onChange(action, defaultMapping(definition))}>
            Default mapping
          </button>
        </div>
      </div>
      <TriggerInput trigger={trigger} onChange={(next) => onChange(action, undefined, next)} />
      <form aria-labelledby="mapping-title" onSubmit={(submit) => submit.preventDefault()}>
        <Fields
          key={action}
          form={action}
          fields={{ ...syncMode, ...definition.fields }}
          values={mapping}
          problems={problems}
          asking={asking}
          onChange={(next) => onChange(action, next)}
        />
      </form>
    </>
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
