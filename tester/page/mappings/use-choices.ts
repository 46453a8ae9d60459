import { useCallback, useEffect, useRef, useState } from 'react'
import type { Choice, Mapping } from '../shared/manifest'
import { getChoices, getHookChoices, type Settings } from '../shared/server'

/** What a request for choices needs. */
export interface Asking {
  action: string
  settings: Settings
  /** The mapped payload: some choices depend on what other fields hold. */
  payload: unknown
  /** Set for the inputs of a hook, instead of the fields of the action. */
  hook?: { name: string; inputs: Mapping }
  /** Called after a request to Marketo, which changes its usage. */
  onAsked: () => void
}

export type Choices =
  | { state: 'unasked' | 'loading' }
  | { state: 'ready'; choices: Choice[] }
  | { state: 'failed'; problem: string }

/**
 * The choices of a dynamic field, requested when first needed, and again when the values that they depend on change.
 * @param asking the same object as long as these values are the same
 */
export function useChoices(asking: Asking | undefined, field: string) {
  const [choices, setChoices] = useState<Choices>({ state: 'unasked' })
  const asked = useRef<{ asking: Asking; field: string }>(undefined)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])

  const ask = useCallback(async () => {
    if (!asking) return
    const { action, settings, payload, hook, onAsked } = asking
    if (asked.current?.asking === asking && asked.current.field === field) return
    const question = { asking, field }
    asked.current = question
    setChoices({ state: 'loading' })
    const list = hook
      ? getHookChoices({ action, hook: hook.name, input: field }, { settings, payload, hookInputs: hook.inputs })
      : getChoices(action, field, settings, payload)
    const answer = await list.then(
      (found): Choices => ({ state: 'ready', choices: found }),
      (error: Error): Choices => ({ state: 'failed', problem: error.message })
    )
    onAsked()
    if (!mounted.current || asked.current !== question) return
    // The next request may succeed.
    if (answer.state === 'failed') asked.current = undefined
    setChoices(answer)
  }, [asking, field])

  return [choices, ask] as const
}

export function matching(choices: Choice[], query: string): Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return choices.filter(({ label, value, description = '' }) => {
    const text = `${label} ${value} ${description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
