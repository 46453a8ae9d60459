import type { JSONObject } from '@segment/actions-core'
import { destination as web } from '../browser/marketo-v2-web/src'
import type { Subscription, WebDestination } from './contract'
import type { Noting } from './migration'
import { textOf } from './values'

/**
 * @param lead the mapping of Upsert Lead, whose traits and custom fields the form gets
 * @returns undefined if the classic destination has no form, so that it never ran in the browser
 */
export function webDestinationOf(
  { marketoFormId, marketoHostUrl }: Record<string, unknown>,
  { munchkinId, trackAnonymousActivity }: JSONObject,
  lead: JSONObject,
  note: Noting
): WebDestination | undefined {
  const formUrl = textOf(marketoHostUrl)?.trim()
  const formId = textOf(marketoFormId)?.trim()
  if (!formUrl && !formId) return undefined
  const isNumber = /^[1-9]\d*$/.test(formId ?? '')
  if (!isNumber) note('marketoFormId', `is "${formId ?? ''}", which is not a form's ID. Set Marketo Form ID by hand.`)
  if (!formUrl) note('marketoHostUrl', 'is empty. Set Marketo Form URL by hand.')
  note(
    'marketoFormId',
    'and marketoHostUrl are for Marketo V2 Web (Actions). If this connection ran in device mode, add that destination, and switch off Upsert Lead and Visit Web Page of the cloud destination for this source. See docs/device-mode.md.'
  )
  const subscriptions = (web.presets ?? []).map((preset): Subscription => {
    const { name, partnerAction, subscribe, mapping } = preset as unknown as Subscription
    const fields = Object.keys(web.actions[partnerAction].fields)
    const own = fields.filter((field) => partnerAction === 'submitBackgroundForm' && field in lead)
    return {
      ...{ name, partnerAction, subscribe, enabled: true },
      mapping: { ...mapping, ...Object.fromEntries(own.map((field) => [field, lead[field]])) }
    }
  })
  const form = { ...(isNumber && { formId: Number(formId) }), ...(formUrl && { formUrl }) }
  return { name: web.name, settings: { munchkinId, ...form, trackAnonymousActivity }, subscriptions }
}
