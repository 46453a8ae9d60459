import { Notes } from '../mappings/notes'
import { Fields } from '../mappings/fields'
import { JsonTransfer } from '../shared/json-transfer'
import { SetupCheck } from '../setup/setup-check'
import type { Marketo } from '../shared/server'
import { useSettings, useTester, useWork } from '../store/tester'
import { AudiencePanel } from './audience-panel'
import { AuthenticationTest } from './authentication-test'
import { secretsOf, withoutSecrets } from './secrets'

interface Props {
  marketo?: Marketo
  onAsked: () => void
}

/** The destination's settings, and whether they work. */
export function SettingsView({ marketo, onAsked }: Props) {
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
  const isWrong = marketo?.kind === 'none'
  return (
    <div className="panel scroll settings">
      <header className="panel-head">
        <h2>Settings</h2>
        <span className="row end">
          <JsonTransfer
            of="settings"
            copied={() => withoutSecrets(settings, fields)}
            onPaste={(json) => {
              const unknown = Object.keys(json).filter((name) => !fields[name])
              if (unknown.length) return `Unknown settings: ${unknown.join(', ')}.`
              setSettings(json)
            }}
          />
        </span>
      </header>
      {notes && <Notes notes={notes} onDone={(left) => edit('settings notes', (work) => ({ ...work, notes: left }))} />}
      <form aria-label="Settings of the destination" onSubmit={(submit) => submit.preventDefault()}>
        <Fields
          form="settings"
          fields={withHints}
          values={settings}
          problems={isWrong && fields.munchkinId ? { munchkinId: WRONG_ID } : {}}
          onChange={setSettings}
        />
      </form>
      <div className="row checks">
        <AuthenticationTest onAsked={onAsked} />
      </div>
      <SetupCheck />
      <AudiencePanel onAsked={onAsked} />
      {secretsOf(fields).length > 0 && <p className="about">The page forgets secrets when you reload it.</p>}
    </div>
  )
}

const WRONG_ID =
  'This is not a Munchkin Account ID, so nothing is sent to any Marketo. It looks like 123-ABC-456: copy it from Admin > Munchkin.'
