import { generateFql, parseFql } from '@segment/destination-subscriptions'
import type { Condition, GroupCondition, Operator } from '@segment/destination-subscriptions'
import { syntaxOf } from '../../../rehearsal/input/trigger-syntax'

/** A condition about one part of an event. */
export type Leaf = Exclude<Condition, GroupCondition>
export type { Condition, GroupCondition }

export const SUBJECTS: Record<Leaf['type'], string> = {
  'event-type': 'Event type',
  event: 'Event name',
  'event-property': 'Event property',
  'event-trait': 'Trait',
  'event-context': 'Context',
  name: 'Page name',
  userId: 'User ID'
}

export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias']

export const OPERATORS: Partial<Record<Operator, string>> = {
  '=': 'is',
  '!=': 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  not_starts_with: 'does not start with',
  ends_with: 'ends with',
  not_ends_with: 'does not end with',
  exists: 'exists',
  not_exists: 'does not exist',
  is_true: 'is true',
  is_false: 'is false',
  number_equals: 'is the number',
  number_not_equals: 'is not the number',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least'
}

const TEXT: Operator[] = [
  ...(['=', '!=', 'contains', 'not_contains', 'starts_with', 'not_starts_with'] as const),
  ...(['ends_with', 'not_ends_with'] as const)
]
const WITHOUT_VALUE: Operator[] = ['exists', 'not_exists', 'is_true', 'is_false']
const NUMERIC: Operator[] = ['number_equals', 'number_not_equals', '<', '<=', '>', '>=']

/** @returns the comparisons that Segment's language has for a part of the event */
export function operatorsOf(type: Leaf['type']): Operator[] {
  if (type === 'event-type') return ['=', '!=']
  if (type === 'event') return TEXT
  if (type === 'name' || type === 'userId') return [...TEXT, 'exists', 'not_exists']
  return [...TEXT, ...WITHOUT_VALUE, ...NUMERIC]
}

export const takesValue = (operator: Operator): boolean => !WITHOUT_VALUE.includes(operator)
export const hasName = (leaf: Leaf): leaf is Extract<Leaf, { name: string }> => 'name' in leaf

/** @returns the conditions of a trigger; undefined for text that is none, or that means something else than it seems to */
export function treeOf(trigger: string): GroupCondition | undefined {
  if (trigger.trim() === '') return { type: 'group', operator: 'and', children: [] }
  const { problem, doubt } = syntaxOf(trigger)
  if (problem !== undefined || doubt !== undefined) return undefined
  const tree = parseFql(trigger)
  return 'error' in tree ? undefined : tree
}

/** @returns a trigger with these conditions; empty without any */
export const triggerOf = (tree: GroupCondition): string => {
  const filled = withoutEmptyGroups(tree)
  return filled.children.length ? generateFql(filled) : ''
}

function withoutEmptyGroups(group: GroupCondition): GroupCondition {
  const children = group.children.flatMap((child): Condition[] => {
    if (child.type !== 'group') return [child]
    const inner = withoutEmptyGroups(child)
    return inner.children.length ? [inner] : []
  })
  return { ...group, children }
}

export const newLeaf = (): Leaf => ({ type: 'event', operator: '=', value: '' })

/** @returns a condition about another part of the event, with what still fits it */
export function aboutAnother(leaf: Leaf, type: Leaf['type']): Leaf {
  const operator = operatorsOf(type).includes(leaf.operator) ? leaf.operator : '='
  const value = type === 'event-type' ? 'track' : String(leaf.value ?? '')
  if (type === 'event-property' || type === 'event-trait' || type === 'event-context') {
    return { type, operator, value, name: hasName(leaf) ? leaf.name : NAMES[type] }
  }
  return { type, operator, value }
}

/** A name to begin with, because a trigger cannot ask for a member without one. */
const NAMES = { 'event-property': 'name', 'event-trait': 'email', 'event-context': 'page.url' }

/** @returns a condition with another comparison. A number has no other text than its digits */
export function comparedBy(leaf: Leaf, operator: Operator): Leaf {
  const value = NUMERIC.includes(operator) ? Number(leaf.value) || 0 : String(leaf.value ?? '')
  return { ...leaf, operator, value } as Leaf
}

/** @returns a condition with another value. A text of a trigger can't have quotes */
export function withValue(leaf: Leaf, text: string): Leaf {
  const value = NUMERIC.includes(leaf.operator) ? Number(text) || 0 : text.replaceAll('"', '')
  return { ...leaf, value } as Leaf
}
