import { useState } from 'react'
import type { Event } from '../shared/server'
import { useSettings, useTester } from '../store/tester'
import { changeMapping, type MappingEntry } from '../store/work'
import { proposedType, wantedType } from './proposed-type'
import { saveMapping } from './server'

/**
 * Creates the activity type that the mapping asks for and does not have yet. If it asks for none, creates one from the event at hand,
 * and maps the event to it in one go.
 */
export function CreateType({ entry: { id, action, mapping }, event }: { entry: MappingEntry; event?: Event }) {
  const settings = useSettings()
  const edit = useTester((tester) => tester.edit)
  const [words, setWords] = useState('')
  if (action !== 'sendCustomActivity' || !event) return null
  const wanted = wantedType(mapping)
  const { inputs, mapping: mapped } = wanted ? { inputs: wanted, mapping: {} } : proposedType(event)
  const create = async () => {
    setWords('Asking Marketo…')
    try {
      const saved = await saveMapping(action, settings, mapping, inputs)
      const { activityTypeId } = saved.savedData
      const next = { ...mapping, ...mapped, activityTypeId, onMappingSave: { inputs, outputs: saved.savedData } }
      edit('create activity type', (work) => changeMapping(work, id, { mapping: next }))
      setWords(saved.words)
    } catch (error) {
      setWords((error as Error).message)
    }
  }
  return (
    <div className="row">
      <button
        type="button"
        className={wanted && 'primary'}
        disabled={inputs.typeName === ''}
        onClick={() => void create()}
      >
        {wanted ? `Create activity type ${wanted.typeName}` : 'Create activity type from this event'}
      </button>
      <p role="status" className="faint">
        {words || (wanted && 'Marketo needs it before the events run.')}
      </p>
    </div>
  )
}
