import { generateFql, parseFql, validate } from '@segment/destination-subscriptions'
import type { Condition, GroupCondition } from '@segment/destination-subscriptions'
import { syntaxOf } from './trigger-syntax'

type Event = Record<string, unknown>

/** @returns what is wrong with a trigger (Segment's query language, FQL), in words; undefined if nothing is */
export function triggerProblem(fql: string): string | undefined {
  if (fql.trim() === '') return 'Without a trigger, the mapping takes no events. For example: type = "track"'
  return syntaxOf(fql).problem
}

/** @returns what a trigger may not mean, in words; undefined if it is clear */
export const triggerDoubt = (fql: string): string | undefined => syntaxOf(fql).doubt

/** @returns a test for events, so that the trigger is parsed once. A broken trigger matches none */
export function takenBy(fql: string): (event: Event) => boolean {
  if (triggerProblem(fql) !== undefined) return () => false
  const condition = parseFql(fql)
  return (event) => validate(condition, event)
}

/** @returns why Segment does not send an event to a mapping with this trigger; undefined if it does */
export function whyNotTaken(fql: string, event: Event): string | undefined {
  const problem = triggerProblem(fql)
  if (problem !== undefined) return problem
  const condition = parseFql(fql) as GroupCondition
  if (validate(condition, event)) return undefined
  const failing = firstFailing(condition, event)
  return `The trigger asks for ${generateFql(asGroup(failing))}, ${actualOf(failing, event)}.`
}

const asGroup = (condition: Condition): GroupCondition =>
  condition.type === 'group' ? condition : { type: 'group', operator: 'and', children: [condition] }

/** In an "and", the first condition that fails says why. In an "or", none does. */
function firstFailing(condition: Condition, event: Event): Condition {
  if (condition.type !== 'group' || (condition.operator === 'or' && condition.children.length > 1)) return condition
  const failing = condition.children.find((child) => !validate(asGroup(child), event))
  return failing ? firstFailing(failing, event) : condition
}

/** The part of an event that a condition checks, by its type. */
const PLACES: Record<string, string> = {
  'event-type': 'type',
  event: 'event',
  name: 'name',
  userId: 'userId',
  'event-property': 'properties',
  'event-trait': 'traits',
  'event-context': 'context'
}

function actualOf(condition: Condition, event: Event): string {
  if (condition.type === 'group') return 'and this event has neither'
  const steps = [PLACES[condition.type], ...('name' in condition ? condition.name.split('.') : [])]
  const actual = steps.reduce<unknown>((value, step) => (value as Event | null | undefined)?.[step], event)
  const path = steps.join('.')
  return actual === undefined ? `and this event has no ${path}` : `and ${path} is ${JSON.stringify(actual)}`
}
