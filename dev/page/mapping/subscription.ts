import { isObject, type Manifest, type Mapping, type Value } from '../shared/manifest'

/** An action of a customer's destination, as Segment stores it. A definition's presets have the same form. */
export function subscriptionOf({ actions }: Manifest, action: string, mapping: Mapping, trigger: string) {
  return { name: actions[action].title, partnerAction: action, subscribe: trigger, mapping }
}

/** The trigger with which Segment adds an action. */
export function defaultTrigger({ actions, presets }: Manifest, action: string): string {
  const preset = presets?.find(({ partnerAction }) => partnerAction === action)
  return preset?.subscribe ?? actions[action].defaultSubscription ?? ''
}

/** Takes a subscription, or a bare mapping, which is for the present action. */
export function takeSubscription(
  { actions }: Manifest,
  current: string,
  json: Record<string, Value>
): { action: string; mapping: Mapping; trigger?: string } | { problem: string } {
  const isWhole = 'mapping' in json || 'partnerAction' in json
  const action = isWhole && typeof json.partnerAction === 'string' ? json.partnerAction : current
  const mapping = isWhole ? json.mapping ?? {} : json
  if (!Object.keys(actions).includes(action)) return { problem: `This destination has no action called ${action}.` }
  if (!isObject(mapping)) return { problem: 'The mapping is not an object.' }
  const known = Object.keys(actions[action].fields)
  const unknown = Object.keys(mapping).filter((name) => !known.includes(name) && !name.startsWith('__segment_internal'))
  if (unknown.length) return { problem: `${actions[action].title} has no field called ${unknown.join(', ')}.` }
  return { action, mapping, trigger: typeof json.subscribe === 'string' ? json.subscribe : undefined }
}
