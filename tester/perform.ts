import { defaultValues } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { audienceSettingsOf } from '../rehearsal/delivery/audience-settings'
import type { MarketoCall } from './marketo-route'

type Action = MarketoCall['destination']['actions'][string]
type Bundle = Parameters<Action['execute']>[0]

/** Runs an action as the actions CLI does: fields that the mapping does not mention get their default mapping. */
export const perform = (call: MarketoCall, action: string, event: JSONObject, signal?: AbortSignal) =>
  call.destination.actions[action].execute({ ...bundle(call, action, event), data: event, signal })

export const performBatch = (call: MarketoCall, action: string, events: JSONObject[]) =>
  call.destination.actions[action].executeBatch({ ...bundle(call, action, events[0]), data: events })

function bundle(call: MarketoCall, action: string, event?: JSONObject) {
  const { auth, features = {}, subscriptionMetadata = {} } = call.body as Partial<Bundle>
  const audienceSettings = audienceSettingsOf(event)
  return {
    mapping: mappingOf(call, action, event),
    ...{ settings: call.settings, audienceSettings, auth, features, subscriptionMetadata }
  }
}

/** `withDefaults: false` in the body says that the mapping is complete: a missing field is one that the user cleared. */
export function mappingOf({ body, destination }: MarketoCall, action: string, event: JSONObject = {}): JSONObject {
  const given = body.mapping as JSONObject | undefined
  if (given && body.withDefaults === false) return given
  const mapping = { ...defaultValues(destination.actions[action].definition.fields), ...given }
  // An action without any mapping takes the event as it is.
  return Object.keys(mapping).length ? mapping : event
}
