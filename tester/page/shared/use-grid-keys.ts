import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'

interface Rows {
  count: number
  /** The row that is chosen. */
  at: number
  /** Chooses a row, and scrolls it into view. */
  goTo: (index: number) => void
}

const PAGE = 10

/**
 * The arrow keys of a table, as https://www.w3.org/WAI/ARIA/apg/patterns/grid/ has them: up and down among rows, and
 * above the first one to the headings; left and right among the controls in a row.
 */
export function useGridKeys(place: RefObject<HTMLElement | null>, { count, at, goTo }: Rows) {
  const follows = useRef(false)
  useEffect(() => {
    if (!follows.current) return
    const row = place.current?.querySelector<HTMLElement>(`[data-index="${at}"]`)
    if (!row) return
    follows.current = false
    row.focus({ preventScroll: true })
  })
  return (pressed: KeyboardEvent) => {
    const from = pressed.target as HTMLElement
    const row = from.closest('tr')
    if (!row || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return
    const heads = [...(place.current?.querySelectorAll<HTMLElement>('thead button') ?? [])]
    const isHead = heads.includes(from)
    const inRow = isHead ? heads : [row, ...row.querySelectorAll<HTMLElement>('button, input')]
    const next: Record<string, number | undefined> = isHead
      ? { ArrowDown: at }
      : {
          ArrowDown: at + 1,
          ArrowUp: at - 1,
          Home: 0,
          End: count - 1,
          PageDown: at + PAGE,
          PageUp: Math.max(0, at - PAGE)
        }
    const sideways = { ArrowRight: 1, ArrowLeft: -1 }[pressed.key]
    if (sideways !== undefined) {
      pressed.preventDefault()
      inRow[inRow.indexOf(from) + sideways]?.focus()
      return
    }
    const index = next[pressed.key]
    if (index === undefined || count === 0) return
    pressed.preventDefault()
    if (index < 0) {
      heads[0]?.focus()
      return
    }
    follows.current = true
    goTo(Math.min(index, count - 1))
    place.current?.querySelector<HTMLElement>(`[data-index="${Math.min(index, count - 1)}"]`)?.focus()
  }
}
