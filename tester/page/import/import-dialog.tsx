import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react'
import { useEffect, useRef, useState } from 'react'
import { plural } from '../run/words'
import { useTesterStore } from '../store/tester'
import { decoded } from '../../../rehearsal/input/decode'
import { ImportFound } from './import-found'
import { importInto } from './import-into'
import { TextArea } from './text-area'
import { useFound } from './use-found'

interface Props {
  /** The file dropped on the page, if one was. */
  file?: File
  close: () => void
}

/** Imports events and settings that are pasted, dropped or chosen as a file. Before that, it says what it has found. */
export function ImportDialog({ file: dropped, close }: Props) {
  const store = useTesterStore()
  const area = useRef<HTMLTextAreaElement>(null)
  const [isChanging, setIsChanging] = useState(false)
  const [source, setSource] = useState({ name: 'pasted text', text: '', note: '' })
  const { found, isReading: isUnread } = useFound(source.text)
  const isReading = isChanging || isUnread
  const takeFile = async (file: File | undefined) => {
    if (!file) return
    const { text, note = '' } = await decoded(file)
    setIsChanging(false)
    if (area.current) area.current.value = text.length > MOST_EDITABLE ? '' : text
    setSource({ name: file.name, text, note })
  }
  useEffect(() => {
    void takeFile(dropped)
  }, [dropped])
  const isTooLong = source.text.length > MOST_EDITABLE
  return (
    <Dialog open onClose={close} className="dialog">
      <DialogPanel className="dialog-panel import">
        <DialogTitle>Import</DialogTitle>
        <div className="dialog-body">
          <p className="about">
            Events as JSON, NDJSON (one event per line) or CSV with a header. Settings: a classic destination, a
            migration, a subscription, or a scenario. Paste it here, or drop a file anywhere on the page.
          </p>
          <TextArea
            area={area}
            placeholder={isTooLong ? `${source.name} is too long to edit here. All of it is imported.` : ''}
            onChange={() => setIsChanging(true)}
            onText={(text) => {
              setIsChanging(false)
              setSource({ name: 'pasted text', text, note: '' })
            }}
          />
          <label className="row">
            Or a file: <input type="file" onChange={({ target }) => void takeFile(target.files?.[0])} />
          </label>
          <div role="status" aria-busy={isReading} className="import-found">
            {source.text && <p className="faint">{plural(source.text.length, 'character')}</p>}
            {isReading ? (
              <p>Reading…</p>
            ) : (
              <ImportFound found={found} isEmpty={!source.text.trim()} note={source.note} />
            )}
          </div>
        </div>
        <div className="row end">
          <button type="button" className="quiet" onClick={close}>
            Cancel
          </button>
          <button
            type="button"
            className="primary"
            disabled={isReading || found.kind === 'nothing'}
            onClick={() => {
              importInto(store, found, source.name)
              close()
            }}
          >
            Import
          </button>
        </div>
      </DialogPanel>
    </Dialog>
  )
}

/** A longer text makes a text area slow. It comes only from files. */
const MOST_EDITABLE = 5_000_000
