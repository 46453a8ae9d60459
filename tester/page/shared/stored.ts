import { useEffect, useState } from 'react'

const PREFIX = 'actions-tester:'

/** State that outlives a reload of the page. Not for secrets. */
export function useStored<T>(key: string, initial: T) {
  const [value, setValue] = useState<T>(() => read(key) ?? initial)
  useEffect(() => {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(value))
    } catch {
      // If storage is full or blocked, the page still works, but forgets.
    }
  }, [key, value])
  return [value, setValue] as const
}

function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}
