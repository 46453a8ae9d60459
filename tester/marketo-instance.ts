import type { JSONObject } from '@segment/actions-core'

/** A type instead of an interface, so that it counts as JSON. */
export type InstanceSettings = {
  munchkinId: string
  clientId: string
  clientSecret: string
}

/** The sandbox Marketo. Its credentials are public, because they work nowhere else. */
export const SANDBOX: InstanceSettings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }

/** The Marketo that settings lead to. `none` means that the Munchkin ID is invalid, so that the destination sends nothing. */
export type MarketoKind = 'sandbox' | 'real' | 'none'

/** Reads a setting as the destination does: any JSON value as text. */
export const settingOf = (setting: unknown): string => String((setting as string | undefined) ?? '').trim()
const instanceOf = (settings: JSONObject) => settingOf(settings.munchkinId).toUpperCase()

/**
 * Fills in the settings that a request leaves out. If it names another instance, nothing is filled in, because the credentials of one
 * instance must never go to another.
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
