import { parseFql, validate } from '@segment/destination-subscriptions'
import type { Event } from '../shared/server'

/** @returns what is wrong with a trigger (Segment's query language, FQL), in words; undefined when nothing is */
export function triggerProblem(fql: string): string | undefined {
  if (fql.trim() === '') return 'Without a trigger no event is taken. For example: type = "track"'
  // The parser takes the end of the text for a value, and leaves out an "and" without one.
  if (/([=<>]|\b(and|or))\s*$/i.test(fql)) return 'This trigger is not finished. For example: type = "track"'
  const { error } = parseFql(fql) as { error?: Error }
  return error && `This is not a trigger: ${error.message}. For example: type = "track" and event = "Order Completed"`
}

/** @returns why Segment does not hand an event to a mapping with this trigger; undefined when it does */
export function whyNotTaken(fql: string, event: Event): string | undefined {
  const problem = triggerProblem(fql)
  if (problem !== undefined) return problem
  return validate(parseFql(fql), event) ? undefined : `The trigger does not match ${nameOf(event)}.`
}

/** An event in a few words: `track "Order Completed"`. */
function nameOf({ type, event, name }: Event): string {
  const title = typeof type === 'string' && type ? type : 'an event without a type'
  const given = event ?? name
  return typeof given === 'string' ? `${title} "${given}"` : title
}
