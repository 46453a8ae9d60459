import { useState } from 'react'
import { Notes } from '../mappings/notes'
import { Fields } from '../mappings/fields'
import { JsonTransfer } from '../shared/json-transfer'
import { testAuthentication, type Marketo } from '../shared/server'
import { useSettings, useTester, useWork } from '../store/tester'
import { SetupCheck } from '../setup/setup-check'
import { secretsOf, withoutSecrets } from './secrets'

interface Props {
  marketo?: Marketo
  onAsked: () => void
}

export function SettingsPanel({ marketo, onAsked }: Props) {
  const { authentication } = useTester((tester) => tester.manifest)
  const setSettings = useTester((tester) => tester.setSettings)
  const edit = useTester((tester) => tester.edit)
  const { notes } = useWork()
  const settings = useSettings()
  const fields = authentication?.fields ?? {}
  const withHints = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      {
        ...field,
        placeholder: field.required ? 'empty: the value that the server started with' : undefined,
        disabledInputMethods: ['variable']
      }
    ])
  )
  const isWrong = marketo?.label.startsWith('none')
  return (
    <details className="settings" open={isWrong || undefined}>
      <summary>
        <h2>Settings</h2>
        <span className="faint">{marketo?.label}</span>
        {notes && <span className="badge wait">{notes.length} to do</span>}
      </summary>
      {notes && <Notes notes={notes} onDone={(left) => edit('settings notes', (work) => ({ ...work, notes: left }))} />}
      <div className="row">
        <AuthenticationTest onAsked={onAsked} />
        <JsonTransfer
          of="settings"
          copied={() => withoutSecrets(settings, fields)}
          onPaste={(json) => {
            const unknown = Object.keys(json).filter((name) => !fields[name])
            if (unknown.length) return `Unknown settings: ${unknown.join(', ')}.`
            setSettings(json)
          }}
        />
      </div>
      <SetupCheck />
      <form aria-label="Settings" onSubmit={(submit) => submit.preventDefault()}>
        <Fields
          form="settings"
          fields={withHints}
          values={settings}
          problems={isWrong && fields.munchkinId ? { munchkinId: WRONG_ID } : {}}
          onChange={setSettings}
        />
      </form>
      {secretsOf(fields).length > 0 && <p className="about">The page forgets secrets when you reload it.</p>}
    </details>
  )
}

const WRONG_ID =
  'This is not a Munchkin Account ID, so nothing is sent to any Marketo. It looks like 123-ABC-456: copy it from Admin > Munchkin.'

function AuthenticationTest({ onAsked }: Pick<Props, 'onAsked'>) {
  const settings = useSettings()
  const [result, setResult] = useState<{ good?: boolean; words: string }>()
  const test = async () => {
    setResult({ words: 'Asking Marketo…' })
    setResult(
      await testAuthentication(settings).then(
        ({ ok, error = 'It failed.', marketo }) => ({
          good: ok,
          words: ok ? `The credentials work: ${marketo.label}.` : error
        }),
        (error: Error) => ({ good: false, words: error.message })
      )
    )
    onAsked()
  }
  return (
    <>
      <button type="button" onClick={() => void test()}>
        Test authentication
      </button>
      <p role="status" className={result?.good === undefined ? 'faint' : result.good ? 'good' : 'problem'}>
        {result?.words}
      </p>
    </>
  )
}
