/** JSON or text under a title. Draws nothing for an absent value. */
export function Json({ title, value }: { title: string; value: unknown }) {
  if (value === undefined || value === null || value === '') return null
  return (
    <div className="json">
      <h4>{title}</h4>
      <pre tabIndex={0}>{typeof value === 'string' ? indented(value) : JSON.stringify(value, null, 2)}</pre>
    </div>
  )
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
