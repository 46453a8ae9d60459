import { useMemo, useState } from 'react'
import { isObject, type Mapping } from '../shared/manifest'
import { Markdown } from '../shared/markdown'
import { runHook } from '../shared/server'
import { useTester } from '../store/tester'
import type { MappingEntry } from '../store/work'
import { Fields } from './fields'
import type { Asking } from './use-choices'

interface Props {
  entry: MappingEntry
  /** The hook's name in the definition. */
  hook: string
  asking: Asking
  change: (part: string, what: Partial<MappingEntry>) => void
}

/** What Segment runs when the mapping is saved: its inputs, and what it gave. Segment keeps both in the mapping. */
export function HookPanel({ entry: { action, mapping }, hook, asking, change }: Props) {
  const { label, description = '', inputFields = {}, outputTypes = {} } = useHook(action, hook)
  const [told, setTold] = useState<{ good: boolean; words: string }>()
  const saved = isObject(mapping[hook]) ? mapping[hook] : NOTHING
  const inputs = isObject(saved.inputs) ? saved.inputs : NOTHING
  const outputs = isObject(saved.outputs) ? saved.outputs : NOTHING
  const hookAsking = useMemo(() => ({ ...asking, hook: { name: hook, inputs } }), [asking, hook, inputs])
  const keep = (what: Mapping) => change(`hook ${hook}`, { mapping: { ...mapping, [hook]: { ...saved, ...what } } })
  const run = async () => {
    const { settings, payload, onAsked } = asking
    await runHook(action, hook, { settings, payload, hookInputs: inputs, hookOutputs: mapping }).then(
      ({ successMessage = 'Done.', savedData = {} }) => {
        keep({ inputs, outputs: savedData })
        setTold({ good: true, words: successMessage })
      },
      (error: Error) => setTold({ good: false, words: error.message })
    )
    onAsked()
  }
  const fields = Object.entries(inputFields).map(([name, field]) => [
    name,
    field.dynamic ? field : { ...field, disabledInputMethods: ['variable'] }
  ])
  return (
    <section className="group hook" aria-label={label}>
      <h3>When the mapping is saved</h3>
      <p>
        <b>{label}.</b>{' '}
        <span className="about">
          <Markdown text={description} />
        </span>
      </p>
      <Fields
        form={`${action}-${hook}`}
        fields={Object.fromEntries(fields) as typeof inputFields}
        values={inputs}
        problems={NO_PROBLEMS}
        asking={hookAsking}
        onChange={(next) => keep({ inputs: next })}
      />
      <div className="row">
        <button type="button" onClick={() => void run()}>
          Run it now
        </button>
        <p role="status" className={told?.good === false ? 'problem' : 'good'}>
          {told?.words}
        </p>
      </div>
      {Object.entries(outputTypes).map(([name, output]) =>
        outputs[name] === undefined ? null : (
          <p key={name}>
            {output.label}: <b>{String(outputs[name] as string)}</b>
          </p>
        )
      )}
    </section>
  )
}

const NOTHING: Mapping = {}
const NO_PROBLEMS: Record<string, string> = {}

function useHook(action: string, hook: string) {
  const { actions } = useTester((tester) => tester.manifest)
  return actions[action].hooks?.[hook] ?? { label: hook }
}
