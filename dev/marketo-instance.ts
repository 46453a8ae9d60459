import type { JSONObject } from '@segment/actions-core'

/** A type, not an interface: it counts as JSON then. */
export type InstanceSettings = {
  munchkinId: string
  clientId: string
  clientSecret: string
}

/** The Marketo that runs here. Its credentials are public: they open nothing else. */
export const SANDBOX: InstanceSettings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }

/** The Marketo that settings lead to. `none`: the Munchkin ID is no such ID, so that the destination sends nothing. */
export type MarketoKind = 'sandbox' | 'real' | 'none'

/** As the destination reads a setting: whatever JSON holds, as text. */
export const settingOf = (setting: unknown): string => String((setting as string | undefined) ?? '').trim()
const instanceOf = (settings: JSONObject) => settingOf(settings.munchkinId).toUpperCase()

/**
 * Fills in the settings that a request leaves out. One that names another instance stays as it is: the credentials of
 * one instance must never be sent to another.
 */
export function fillSettings(settings: JSONObject, defaults: InstanceSettings): JSONObject {
  const named = instanceOf(settings)
  if (named !== '' && named !== defaults.munchkinId) return settings
  const leftOut = Object.entries(defaults).filter(([key]) => settingOf(settings[key]) === '')
  return { ...settings, ...Object.fromEntries(leftOut) }
}

/** @returns which Marketo the settings lead to, as a word and as it is shown to people */
export function marketoOf(settings: JSONObject): { kind: MarketoKind; label: string } {
  const instance = instanceOf(settings)
  if (!/^\d{3}-[A-Z]{3}-\d{3}$/.test(instance)) return { kind: 'none', label: 'none (no valid Munchkin ID)' }
  const kind = instance === SANDBOX.munchkinId ? 'sandbox' : 'real'
  return { kind, label: `${kind} (${instance})` }
}
