import { useCallback, useMemo, useState } from 'react'
import { FIRST_SAMPLE } from './event/samples'
import { defaultMapping, type Manifest, type Mapping } from './shared/manifest'
import { defaultTrigger } from './mapping/subscription'
import type { Settings } from './shared/server'
import { useStored } from './shared/stored'
import { withoutSecrets } from './mapping/settings'

/** What the user works on. It outlives a reload, but for secrets. */
export function useWork(manifest: Manifest) {
  const [eventText, setEventText] = useStored('event', JSON.stringify(FIRST_SAMPLE.event, null, 2))
  const [storedAction, setAction] = useStored('action', FIRST_SAMPLE.action)
  const [mappings, setMappings] = useStored<Record<string, Mapping>>('mappings', {})
  const [triggers, setTriggers] = useStored<Record<string, string>>('triggers', {})
  const [kept, setKept] = useStored<Settings>('settings', defaultSettings(manifest))
  const [secrets, setSecrets] = useState<Settings>({})
  const fields = manifest.authentication?.fields ?? {}

  const action = Object.keys(manifest.actions).includes(storedAction) ? storedAction : Object.keys(manifest.actions)[0]
  const settings = useMemo(() => ({ ...kept, ...secrets }), [kept, secrets])
  const mapping = useMemo(
    () => mappings[action] ?? defaultMapping(manifest.actions[action]),
    [mappings, action, manifest]
  )

  const setMapping = useCallback(
    (chosen: string, next?: Mapping, trigger?: string) => {
      setAction(chosen)
      if (trigger !== undefined) setTriggers((all) => ({ ...all, [chosen]: trigger }))
      if (next) setMappings((all) => ({ ...all, [chosen]: next }))
    },
    [setAction, setMappings, setTriggers]
  )
  const trigger = triggers[action] ?? defaultTrigger(manifest, action)
  const setSettings = (next: Settings) => {
    const open = withoutSecrets(next, fields)
    setKept(open)
    setSecrets(Object.fromEntries(Object.entries(next).filter(([name]) => !(name in open))))
  }
  return { eventText, setEventText, action, mapping, trigger, setMapping, settings, setSettings }
}

function defaultSettings({ authentication }: Manifest): Settings {
  return Object.fromEntries(
    Object.entries(authentication?.fields ?? {}).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]]
    )
  )
}
