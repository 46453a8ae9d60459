import type { JSONObject } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import destination from '../src'
import { ATTRIBUTES_PER_ACTIVITY } from '../src/marketo/transport/limits'
import type { Subscription } from './contract'
import { directiveFor } from './directive'
import type { Noting } from './migration'
import { entriesOf, pathTo, textOf, TypeNotes } from './values'

const ACTION = 'sendCustomActivity'

/** The subscriptions for the classic setting "Marketo Custom Activities". Incomplete ones are disabled. */
export function activitySubscriptions(
  events: unknown,
  note: Noting,
  notingFor: (position: number) => { note: Noting; readonly isComplete: boolean }
): Subscription[] {
  const subscriptions: Subscription[] = []
  for (const [where, entry] of entriesOf('events', events, note)) {
    const event = textOf(entry.event)
    if (event === undefined) {
      note(where, 'has no event, and is not carried over.')
      continue
    }
    const about = notingFor(subscriptions.length)
    if (subscriptions.some(({ name }) => name === event)) {
      about.note(where, `is for ${event} again. Each of these mappings records an activity.`)
    }
    const subscription = subscriptionOf(where, event, entry, about.note)
    subscriptions.push({ ...subscription, enabled: subscription.enabled && about.isComplete })
  }
  return subscriptions
}

function subscriptionOf(where: string, event: string, entry: JSONObject, note: Noting): Subscription {
  const activityTypeId = activityTypeOf(where, entry, note)
  const { primaryAttributeValue, attributes } = attributesOf(`${where}.segmentProperty`, entry.segmentProperty, note)
  const trigger = triggerOf(event)
  if (!trigger) noteTrigger(where, event, note)
  return {
    name: event,
    partnerAction: ACTION,
    subscribe: trigger ?? NOTHING,
    enabled: Boolean(activityTypeId && primaryAttributeValue && trigger && attributes.size <= ATTRIBUTES_PER_ACTIVITY),
    mapping: {
      ...(defaultValues(destination.actions[ACTION].fields) as JSONObject),
      ...(activityTypeId && { activityTypeId }),
      ...(primaryAttributeValue && { primaryAttributeValue }),
      ...(attributes.size > 0 && { attributes: Object.fromEntries(attributes) })
    }
  }
}

function activityTypeOf(where: string, { marketoActivityId }: JSONObject, note: Noting): number | undefined {
  const id = textOf(marketoActivityId)?.trim() ?? ''
  if (/^\d+$/.test(id) && Number(id) > 0 && Number.isSafeInteger(Number(id))) return Number(id)
  note(
    `${where}.marketoActivityId`,
    `is "${id}", which is not an activity's ID. Choose the Activity Type ID by hand, then enable the mapping.`
  )
  return undefined
}

function attributesOf(where: string, segmentProperty: unknown, note: Noting) {
  let primaryAttributeValue: JSONObject | undefined
  const attributes = new Map<string, JSONObject>()
  const types = new TypeNotes(where)
  for (const [place, entry] of entriesOf(where, segmentProperty, note)) {
    const property = textOf(entry.segmentProperty)
    const name = textOf(entry.marketoAttributeName)?.trim()
    const isPrimary = textOf(entry.primaryKey)?.trim() === 'true'
    // The primary field needs no name. All others have one.
    if (property === undefined || (name === undefined && !isPrimary)) {
      note(place, `has no ${property ? 'marketoAttributeName' : 'segmentProperty'}, and is not carried over.`)
      continue
    }
    const selected = pathTo('properties', property, place, note)
    if (selected === undefined) continue
    const path = directiveFor(selected)
    if (isPrimary && !primaryAttributeValue) {
      primaryAttributeValue = path
      continue
    }
    if (isPrimary) note(place, 'is a second primary field: an activity has one. It is an attribute like others now.')
    if (name === undefined) continue
    if (attributes.has(name)) note(place, `sets the attribute ${name} again. Only this one counts.`)
    attributes.set(name, path)
    types.add(name, entry.marketoAttributeType)
  }
  types.noteTo(note)
  if (!primaryAttributeValue) {
    note(where, 'has no primary field. Map Primary Attribute Value by hand, then enable the mapping.')
  }
  if (attributes.size > ATTRIBUTES_PER_ACTIVITY) {
    note(
      where,
      `has ${attributes.size} attributes, but Marketo takes ${ATTRIBUTES_PER_ACTIVITY}. Remove some, then enable the mapping.`
    )
  }
  return { primaryAttributeValue, attributes }
}

/** A trigger that matches no event. */
const NOTHING = 'type = "track" and event = ""'

/**
 * @returns a trigger for Track events with that name; undefined if FQL cannot express it, because it cannot escape a
 * quote
 */
function triggerOf(event: string): string | undefined {
  const fql = `type = "track" and event = "${event}"`
  const { children = [] } = parseFql(fql) as { children?: { value?: unknown }[] }
  return children.length === 2 && children[1].value === event ? fql : undefined
}

function noteTrigger(where: string, event: string, note: Noting): void {
  const [longest] = event.split('"').sort((a, b) => b.length - a.length)
  note(
    where,
    `(${event}) has a name that a trigger cannot hold. Set it to events whose name contains "${longest}", if no other has ` +
      'that, then enable the mapping.'
  )
}
