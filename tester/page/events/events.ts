import { isObject } from '../shared/manifest'
import type { Event } from '../shared/server'

export type Read = { events: Event[]; isList: boolean } | { error: string }

/** Reads the text in the editor: one event, or a list of them. */
export function readEvents(text: string): Read {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { error: (error as Error).message }
  }
  const events = Array.isArray(json) ? json : [json]
  if (!events.length) return { error: 'The list has no events.' }
  if (!events.every(isObject)) return { error: 'Each event must be an object, in { and }.' }
  return { events, isList: Array.isArray(json) }
}

export type Variation = 'different people' | 'the same person'

/** @returns `count` variations of an event: other messages, and with `different people` other user IDs and emails */
export function variationsOf(event: Event, count: number, who: Variation): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const message = { ...event, messageId: `${text(event.messageId) || 'message'}-${index + 1}` }
    return who === 'the same person' ? message : (otherPerson(message, index + 1) as Event)
  })
}

/** Identifiers can be at the top of an event, in its traits, properties or context. */
function otherPerson(value: unknown, index: number): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (typeof member !== 'string') return [key, otherPerson(member, index)]
      if (/^(userId|anonymousId)$/.test(key)) return [key, `${member}-${index}`]
      if (/e-?mail/i.test(key)) return [key, member.replace(/(?=@)/, `+${index}`)]
      return [key, member]
    })
  )
}

/** @returns a value if it is text, else undefined */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** @returns the name of a Track event or of a page */
export function nameOf({ event, name, properties }: Event): string {
  const { title, url }: Event = isObject(properties) ? properties : {}
  return text(event) || text(name) || text(title) || text(url)
}

/** @returns the best identifier of an event's person */
export function whoOf({ userId, anonymousId, traits }: Event): string {
  const { email }: Event = isObject(traits) ? traits : {}
  return text(email) || text(userId) || text(anonymousId)
}
