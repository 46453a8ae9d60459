import { useState } from 'react'
import { Fields } from '../mappings/fields'
import type { Mapping, Value } from '../shared/manifest'
import { askAboutAudience } from '../shared/server'
import { useSettings, useTester } from '../store/tester'

/** What Segment does when an audience is connected to the destination, and later to check that it still is. */
export function AudiencePanel({ onAsked }: { onAsked: () => void }) {
  const { audienceConfig, audienceFields = {} } = useTester((tester) => tester.manifest)
  const settings = useSettings()
  const [name, setName] = useState('')
  const [audienceSettings, setAudienceSettings] = useState<Mapping>({})
  const [externalId, setExternalId] = useState('')
  const [told, setTold] = useState<{ good: boolean; words: string }>()
  if (!audienceConfig) return null
  const ask = async (route: 'createAudience' | 'getAudience') => {
    const body: Record<string, Value> = route === 'createAudience' ? { audienceName: name } : { externalId }
    await askAboutAudience(route, { ...body, audienceSettings, settings }).then(
      (answer) => {
        setExternalId(answer.externalId)
        const words = route === 'createAudience' ? 'It is connected' : 'It still exists'
        setTold({ good: true, words: `${words}: its external ID is ${answer.externalId}.` })
      },
      (error: Error) => setTold({ good: false, words: error.message })
    )
    onAsked()
  }
  return (
    <section className="group audience" aria-label="Audience">
      <h3>Audience</h3>
      <p className="about">What Segment does when you connect an audience, and when it looks for it later.</p>
      <div className="field">
        <label htmlFor="audience-name">Audience name</label>
        <div className="value">
          <input id="audience-name" type="text" value={name} onChange={({ target }) => setName(target.value)} />
        </div>
      </div>
      <Fields
        form="audience"
        fields={Object.fromEntries(
          Object.entries(audienceFields).map(([key, field]) => [key, { ...field, disabledInputMethods: ['variable'] }])
        )}
        values={audienceSettings}
        problems={NO_PROBLEMS}
        onChange={setAudienceSettings}
      />
      <div className="row">
        <button type="button" disabled={!name.trim()} onClick={() => void ask('createAudience')}>
          Connect the audience
        </button>
        <button type="button" disabled={!externalId} onClick={() => void ask('getAudience')}>
          Check that it exists
        </button>
        <p role="status" className={told?.good === false ? 'problem' : 'good'}>
          {told?.words}
        </p>
      </div>
    </section>
  )
}

const NO_PROBLEMS: Record<string, string> = {}
