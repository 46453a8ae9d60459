interface Props {
  notes: string[]
  /** Takes the notes that are left. */
  onDone: (left: string[] | undefined) => void
}

/** What the migration says, beside what it is about, until somebody has seen to it. */
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
