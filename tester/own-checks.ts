import type { JSONObject } from '@segment/actions-core'
import { asError } from './error-answers'
import { settingOf } from './marketo-instance'
import type { MarketoCall } from './marketo-route'
import { perform } from './perform'

/**
 * What an action itself has against an event. It runs with a signal that is aborted already, so everything before its first
 * request runs, and no request is ever sent. What only Marketo's answers would show stays unknown.
 * @returns why the action refuses the event; undefined if it would begin to send it
 */
export async function ownRefusal(call: MarketoCall, action: string, event: JSONObject): Promise<string | undefined> {
  // Other credentials, so that the rehearsal has a memory of its own: it must not spend what real events need.
  const secret = settingOf(call.settings.clientSecret)
  const settings = { ...call.settings, clientSecret: secret && `${secret} (rehearsal)` }
  try {
    await perform({ ...call, settings }, action, event, AbortSignal.abort())
    return undefined
  } catch (error) {
    const { status, message } = asError(error)
    const isRefused = status !== undefined && status >= 400 && status < 500 && ![408, 423, 429].includes(status)
    return isRefused ? message : undefined
  }
}
