interface Props {
  notes: string[]
  /** Receives the remaining notes. */
  onDone: (left: string[] | undefined) => void
}

/** Notes of the migration, beside what they are about, until the user marks them as done. */
export function Notes({ notes, onDone }: Props) {
  const finish = (done: number) => {
    const left = notes.filter((_, index) => index !== done)
    onDone(left.length ? left : undefined)
  }
  return (
    <ul className="notes" aria-label="Notes of the migration">
      {notes.map((note, index) => (
        <li key={note}>
          <span>{note}</span>
          <button type="button" className="quiet" aria-label={`Done: ${note}`} onClick={() => finish(index)}>
            Done
          </button>
        </li>
      ))}
    </ul>
  )
}
