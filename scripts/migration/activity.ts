import type { JSONObject } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import destination from '../../src'
import { ATTRIBUTES_PER_ACTIVITY } from '../../src/marketo/limits'
import { noteDates } from './lead'
import type { Noting, Subscription } from './migration'
import { entriesOf, selected, textOf } from './values'

const ACTION = 'sendCustomActivity'

/** The subscription for an entry of the classic setting "Marketo Custom Activities"; undefined where it has no event. */
export function activitySubscription(where: string, entry: JSONObject, note: Noting): Subscription | undefined {
  const event = textOf(entry.event)
  if (!event) {
    note(where, 'has no event, and is not carried over.')
    return undefined
  }
  const activityTypeId = activityTypeOf(where, entry, note)
  const { primaryAttributeValue, attributes } = attributesOf(where, entry, note)
  const trigger = triggerOf(event)
  if (!trigger)
    note(where, `has a name that a trigger cannot hold (${event}). Set the trigger by hand, then enable it.`)
  return {
    name: event,
    partnerAction: ACTION,
    subscribe: trigger ?? NOTHING,
    enabled: Boolean(activityTypeId && primaryAttributeValue && trigger),
    mapping: {
      ...(defaultValues(destination.actions[ACTION].fields) as JSONObject),
      ...(activityTypeId && { activityTypeId }),
      ...(primaryAttributeValue && { primaryAttributeValue }),
      ...(Object.keys(attributes).length > 0 && { attributes })
    }
  }
}

function activityTypeOf(where: string, { marketoActivityId }: JSONObject, note: Noting): number | undefined {
  const id = textOf(marketoActivityId) ?? ''
  if (/^\d+$/.test(id)) return Number(id)
  note(`${where}.marketoActivityId`, `is "${id}", not a number. Choose the Activity Type ID by hand, then enable it.`)
  return undefined
}

function attributesOf(where: string, { segmentProperty }: JSONObject, note: Noting) {
  let primaryAttributeValue: JSONObject | undefined
  const attributes: JSONObject = {}
  for (const [place, entry] of entriesOf(`${where}.segmentProperty`, segmentProperty, note)) {
    const property = textOf(entry.segmentProperty)
    const name = textOf(entry.marketoAttributeName)
    const isPrimary = textOf(entry.primaryKey) === 'true' && !primaryAttributeValue
    if (!property || !(name ?? isPrimary)) {
      note(place, `has no ${property ? 'marketoAttributeName' : 'segmentProperty'}, and is not carried over.`)
      continue
    }
    const value = selected('properties', property, place, note)
    if (/^date/.test(textOf(entry.marketoAttributeType) ?? '')) noteDates(place, name ?? 'the primary field', note)
    if (isPrimary) primaryAttributeValue = value
    else if (name) {
      if (name in attributes) note(place, `sets the attribute ${name} again: this one counts, the former does not.`)
      attributes[name] = value
    }
  }
  if (!primaryAttributeValue) {
    note(`${where}.segmentProperty`, 'has no primary field. Map Primary Attribute Value by hand, then enable it.')
  }
  const count = Object.keys(attributes).length
  if (count > ATTRIBUTES_PER_ACTIVITY) {
    note(
      `${where}.segmentProperty`,
      `has ${count} attributes, but Marketo takes ${ATTRIBUTES_PER_ACTIVITY}. Remove some.`
    )
  }
  return { primaryAttributeValue, attributes }
}

/** A trigger that no event meets. */
const NOTHING = 'type = "track" and event = ""'

/** @returns a trigger for Track events of that name; undefined where FQL cannot say it: it has no escape for a quote */
function triggerOf(event: string): string | undefined {
  const fql = `type = "track" and event = "${event}"`
  const { children = [] } = parseFql(fql) as { children?: { value?: unknown }[] }
  return children.length === 2 && children[1].value === event ? fql : undefined
}
