import { isObject, type Manifest, type Mapping, type Value } from '../shared/manifest'
import type { MappingEntry } from '../store/work'

/** A mapping as Segment stores it. A definition's presets have the same form. */
export function subscriptionOf({ name, action, subscribe, enabled, mapping }: MappingEntry) {
  return { name, partnerAction: action, subscribe, enabled, mapping }
}

/** The trigger that Segment sets when it adds an action. */
export function defaultTrigger({ actions, presets }: Manifest, action: string): string {
  const preset = presets?.find(({ partnerAction }) => partnerAction === action)
  return preset?.subscribe ?? actions[action].defaultSubscription ?? ''
}

/** A mapping from JSON, in which any part may be missing. */
export type Taken = Partial<Pick<MappingEntry, 'name' | 'action' | 'subscribe' | 'enabled'>> & { mapping: Mapping }

/**
 * Takes a subscription: as a definition and the migration write it, or as the Public API returns it (`actionSlug`,
 * `trigger`, `settings`), or a bare mapping, which is for the current action.
 */
export function takeSubscription(
  { actions }: Manifest,
  current: string | undefined,
  json: Record<string, Value>
): Taken | { problem: string } {
  const action = textIn(json, 'partnerAction') ?? textIn(json, 'actionSlug') ?? current
  if (action === undefined || !Object.keys(actions).includes(action)) {
    return { problem: `This destination has no action called ${action ?? 'nothing'}.` }
  }
  const mapping = isSubscription(json) ? json.mapping ?? json.settings ?? {} : json
  if (!isObject(mapping)) return { problem: 'The mapping is not an object.' }
  const known = [...Object.keys(actions[action].fields), ...Object.keys(actions[action].hooks ?? {})]
  const unknown = Object.keys(mapping).filter((name) => !known.includes(name) && !name.startsWith('__segment_internal'))
  if (unknown.length) return { problem: `${actions[action].title} has no field called ${unknown.join(', ')}.` }
  const name = textIn(json, 'name')
  const subscribe = textIn(json, 'subscribe') ?? textIn(json, 'trigger')
  return {
    action,
    mapping,
    ...(isSubscription(json) && name !== undefined && { name }),
    ...(subscribe !== undefined && { subscribe }),
    ...(typeof json.enabled === 'boolean' && { enabled: json.enabled })
  }
}

/** @returns whether JSON is a whole subscription rather than a bare mapping */
export const isSubscription = (json: Record<string, Value>): boolean =>
  'partnerAction' in json || 'actionSlug' in json || isObject(json.mapping)

const textIn = (json: Record<string, Value>, name: string): string | undefined => {
  const value = json[name]
  return typeof value === 'string' ? value : undefined
}
