import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react'
import { useState } from 'react'
import { isObject, type Value } from './manifest'
import { parsed } from '../../../migration/directive'
import { JsonEditor } from './json-editor'

interface Props {
  /** What the JSON describes. */
  of: string
  copied: () => unknown
  /** @returns what is wrong with the JSON, or undefined if it was accepted */
  onPaste: (json: Record<string, Value>) => string | undefined
}

/** Copies and pastes the JSON that Segment stores. */
export function JsonTransfer({ of, copied, onPaste }: Props) {
  const [done, setDone] = useState('')
  const [open, setOpen] = useState(false)
  const copy = async () => {
    const outcome = await navigator.clipboard.writeText(JSON.stringify(copied(), null, 2)).then(
      () => 'Copied',
      () => 'Not allowed'
    )
    setDone(outcome)
    setTimeout(() => setDone(''), 1500)
  }
  return (
    <span className="transfer">
      <button type="button" className="quiet" onClick={() => void copy()}>
        {done || 'Copy JSON'}
        <span className="unseen"> of {of}</span>
      </button>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        Paste JSON<span className="unseen"> of {of}</span>
      </button>
      {open && <PasteDialog of={of} onPaste={onPaste} close={() => setOpen(false)} />}
    </span>
  )
}

function PasteDialog({ of, onPaste, close }: Pick<Props, 'of' | 'onPaste'> & { close: () => void }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const importText = () => {
    const json = parsed(text)
    const found = isObject(json) ? onPaste(json) : 'This is not the JSON of an object.'
    if (found) setProblem(found)
    else close()
  }
  return (
    <Dialog open onClose={close} className="dialog">
      <DialogPanel className="dialog-panel">
        <DialogTitle>Paste {of}</DialogTitle>
        <JsonEditor label={`JSON of ${of}`} text={text} onChange={setText} />
        <p className="problem" role="alert">
          {problem}
        </p>
        <div className="row end">
          <button type="button" className="quiet" onClick={close}>
            Cancel
          </button>
          <button type="button" className="primary" onClick={importText}>
            Use it
          </button>
        </div>
      </DialogPanel>
    </Dialog>
  )
}
