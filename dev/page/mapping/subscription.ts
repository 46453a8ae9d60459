import { isObject, type Manifest, type Mapping, type Value } from '../shared/manifest'

/** An action of a customer's destination, as Segment stores it. A definition's presets have the same form. */
export function subscriptionOf({ actions, presets }: Manifest, action: string, mapping: Mapping) {
  const { title, defaultSubscription } = actions[action]
  const subscribe = presets?.find(({ partnerAction }) => partnerAction === action)?.subscribe ?? defaultSubscription
  return { name: title, partnerAction: action, subscribe, mapping }
}

/** Takes a subscription, or a bare mapping, which is for the present action. */
export function takeSubscription(
  { actions }: Manifest,
  current: string,
  json: Record<string, Value>
): { action: string; mapping: Mapping } | { problem: string } {
  const isWhole = 'mapping' in json || 'partnerAction' in json
  const action = isWhole && typeof json.partnerAction === 'string' ? json.partnerAction : current
  const mapping = isWhole ? json.mapping ?? {} : json
  if (!Object.keys(actions).includes(action)) return { problem: `This destination has no action called ${action}.` }
  if (!isObject(mapping)) return { problem: 'The mapping is not an object.' }
  const known = Object.keys(actions[action].fields)
  const unknown = Object.keys(mapping).filter((name) => !known.includes(name) && !name.startsWith('__segment_internal'))
  if (unknown.length) return { problem: `${actions[action].title} has no field called ${unknown.join(', ')}.` }
  return { action, mapping }
}
