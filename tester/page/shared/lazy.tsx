import { useState } from 'react'

interface Props {
  title: React.ReactNode
  children: React.ReactNode
}

/** Details that are drawn only once they are opened: there may be hundreds. */
export function Lazy({ title, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && <div className="line-body">{children}</div>}
    </details>
  )
}
