import type { JSONObject } from '@segment/actions-core'
import { isObject } from '../input/json'

/** Segment puts the settings of an audience on each of its events. */
export function audienceSettingsOf(event: JSONObject | undefined): JSONObject {
  const context = event?.context
  const personas = isObject(context) ? context.personas : undefined
  const settings = isObject(personas) ? personas.audience_settings : undefined
  return isObject(settings) ? settings : {}
}
