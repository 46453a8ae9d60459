import { useEffect, useState } from 'react'
import { useTester } from '../store/tester'
import { recognize, type Found } from './recognize'

const NOTHING: Found = { kind: 'nothing', problems: [] }

/** @returns what a text contains, and whether it is still being read */
export function useFound(text: string): { found: Found; isReading: boolean } {
  const manifest = useTester((tester) => tester.manifest)
  const [read, setRead] = useState({ text: '', found: NOTHING })
  useEffect(() => {
    let isLatest = true
    void recognize(text, manifest).then((found) => isLatest && setRead({ text, found }))
    return () => {
      isLatest = false
    }
  }, [text, manifest])
  return { found: read.found, isReading: read.text !== text }
}
