import { useState } from 'react'
import type { Manifest } from '../shared/manifest'
import { JsonTransfer } from '../shared/json-transfer'
import { testAuthentication, type Marketo, type Settings } from '../shared/server'
import { Fields } from './fields'
import { secretsOf, withoutSecrets } from './settings'

interface Props {
  manifest: Manifest
  settings: Settings
  marketo?: Marketo
  onChange: (settings: Settings) => void
  onAsked: () => void
}

export function SettingsPanel({ manifest, settings, marketo, onChange, onAsked }: Props) {
  const fields = manifest.authentication?.fields ?? {}
  const withHints = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      {
        ...field,
        placeholder: field.required ? 'empty: as the server was started with' : undefined,
        disabledInputMethods: ['variable']
      }
    ])
  )
  return (
    <details className="settings">
      <summary>
        <h2>Settings</h2>
        <span className="faint">{marketo?.label}</span>
      </summary>
      <div className="row">
        <AuthenticationTest settings={settings} onAsked={onAsked} />
        <JsonTransfer
          of="settings"
          copied={() => withoutSecrets(settings, fields)}
          onPaste={(json) => {
            const unknown = Object.keys(json).filter((name) => !fields[name])
            if (unknown.length) return `There is no setting called ${unknown.join(', ')}.`
            onChange(json)
          }}
        />
      </div>
      <form aria-label="Settings" onSubmit={(submit) => submit.preventDefault()}>
        <Fields form="settings" fields={withHints} values={settings} problems={{}} onChange={onChange} />
      </form>
      {secretsOf(fields).length > 0 && <p className="about">Secrets are forgotten when the page is reloaded.</p>}
    </details>
  )
}

function AuthenticationTest({ settings, onAsked }: Pick<Props, 'settings' | 'onAsked'>) {
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
