import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react'
import { useEffect, useState } from 'react'
import { plural } from '../run/words'
import { useTester } from '../store/tester'
import { recognize, type Found } from './recognize'
import { withFound } from './with-found'

interface Props {
  /** The text dropped on the page; empty if none was. */
  text: string
  close: () => void
}

/** Imports events and settings that are pasted, dropped or chosen as a file. Before that, it says what it has found. */
export function ImportDialog({ text: dropped, close }: Props) {
  const manifest = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const [text, setText] = useState(dropped)
  const [name, setName] = useState(dropped ? 'a dropped file' : 'pasted text')
  const [found, setFound] = useState<Found>({ kind: 'nothing', problems: [] })
  useEffect(() => {
    let isLatest = true
    void recognize(text, manifest).then((latest) => isLatest && setFound(latest))
    return () => {
      isLatest = false
    }
  }, [text, manifest])
  const takeFile = (file: File | undefined) => {
    if (!file) return
    setName(file.name)
    void file.text().then(setText)
  }
  const use = () => {
    edit(`import ${crypto.randomUUID()}`, (work) => withFound(work, found, name))
    choose({ event: 0, ...('mappings' in found && { mapping: found.mappings[0]?.id }) })
    close()
  }
  return (
    <Dialog open onClose={close} className="dialog">
      <DialogPanel className="dialog-panel">
        <DialogTitle>Import</DialogTitle>
        <p className="about">
          Events as JSON, NDJSON (one event per line) or CSV with a header. Settings: a classic destination, a
          migration, a subscription, or a scenario. Paste it here, or drop a file anywhere on the page.
        </p>
        <textarea
          aria-label="What to import"
          rows={10}
          spellCheck={false}
          value={text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n…` : text}
          onChange={({ target }) => {
            setName('pasted text')
            setText(target.value)
          }}
        />
        <label className="row">
          Or a file: <input type="file" onChange={({ target }) => takeFile(target.files?.[0])} />
        </label>
        <div role="status" className="import-found">
          <p>{text.trim() && wordsFor(found)}</p>
          <Problems found={found} />
        </div>
        <div className="row end">
          <button type="button" className="quiet" onClick={close}>
            Cancel
          </button>
          <button type="button" className="primary" disabled={found.kind === 'nothing'} onClick={use}>
            Import
          </button>
        </div>
      </DialogPanel>
    </Dialog>
  )
}

/** A text area with megabytes is slow, so only a part is shown. All of it is imported. */
const MOST_SHOWN = 200_000
const MOST_PROBLEMS = 500

function Problems({ found: { problems } }: { found: Found }) {
  if (!problems.length) return null
  return (
    <ul className="problems" aria-label="What cannot be read" tabIndex={0}>
      {problems.slice(0, MOST_PROBLEMS).map(({ line, what }, index) => (
        <li key={index}>{line === undefined ? what : `Line ${line}: ${what}`}</li>
      ))}
      {problems.length > MOST_PROBLEMS && <li>and {problems.length - MOST_PROBLEMS} more</li>}
    </ul>
  )
}

function wordsFor(found: Found): string {
  const unread = found.problems.length ? ` ${plural(found.problems.length, 'problem')}:` : ''
  switch (found.kind) {
    case 'events':
      return `${plural(found.events.length, 'event')}.${unread}`
    case 'mappings':
      return `${plural(found.mappings.length, 'mapping')}, added to the existing ones.${unread}`
    case 'destination':
      return `A destination with ${plural(found.mappings.length, 'mapping')}, which replace the existing ones.${unread}`
    case 'scenario':
      return 'A scenario, which replaces everything.'
    case 'nothing':
      return 'Nothing that can be imported.'
  }
}
