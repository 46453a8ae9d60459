import { useState } from 'react'

/** Copies a text, and says that it did. */
export function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [done, setDone] = useState('')
  const copy = async () => {
    const outcome = await navigator.clipboard.writeText(text()).then(
      () => 'Copied',
      () => 'Not allowed'
    )
    setDone(outcome)
    setTimeout(() => setDone(''), 1500)
  }
  return (
    <button type="button" className="quiet" onClick={() => void copy()}>
      {done || label}
    </button>
  )
}
