import type { FieldChanges, LeadName, Plan, Value } from '../../../rehearsal/plan/contract'

/** Something that would happen to a lead, besides new values. */
export interface Effect {
  /** Absent for a visitor whose lead is not known. */
  lead: LeadName | null
  what: string
  details: string
}

/** @returns everything that a plan has besides the values of leads */
export function effectsOf(plan: Plan): Effect[] {
  return [
    ...plan.merges.map(({ lead, merged, fields }) => ({
      ...{ lead, what: 'Merge' },
      details: joined([`lead ${merged} becomes part of it`, ...listed(fields)])
    })),
    ...plan.activities.map(({ lead, activityTypeId, primaryAttributeValue, attributes }) => ({
      ...{ lead, what: 'Custom activity' },
      details: joined([`type ${activityTypeId}`, primaryAttributeValue, ...listed(attributes)])
    })),
    ...plan.visits.map(({ lead, url }) => ({ lead, what: 'Web visit', details: url })),
    ...plan.associations.map(({ lead, token }) => ({ lead, what: 'Visitor becomes known', details: token })),
    ...plan.lists.map(({ lead, name, action }) => ({
      ...{ lead, what: action === 'add' ? 'Added to a list' : 'Removed from a list', details: name }
    })),
    ...plan.campaigns.map(({ lead, name, tokens }) => ({
      ...{ lead, what: 'Campaign request', details: joined([name, ...listed(tokens)]) }
    })),
    ...plan.programs.map(({ lead, name, status: [before, after], fields }) => ({
      ...{ lead, what: 'Program status' },
      details: joined([`${name}: ${words(before, after)}`, ...changed(fields)])
    })),
    ...plan.objects.map(({ lead, object, key, action, fields }) => ({
      ...{ lead, what: OBJECT_WORDS[action] },
      details: joined([object, ...listed(key), ...(action === 'remove' ? [] : changed(fields))])
    })),
    ...plan.forms.map(({ lead, name, fields }) => ({
      ...{ lead, what: 'Form', details: joined([name, ...listed(fields)]) }
    }))
  ]
}

const OBJECT_WORDS = {
  add: 'Custom object added',
  set: 'Custom object changed',
  remove: 'Custom object removed'
}

/** A value for people; no value is a dash. */
export const shown = (value: Value): string => (value === null || value === '' ? '—' : String(value))

/** @returns each change in a few words: `city: Paris → Rome` */
export const changed = (fields: FieldChanges): string[] =>
  Object.entries(fields).map(([name, [before, after]]) => `${name}: ${words(before, after)}`)

const words = (before: Value, after: Value): string =>
  before === null ? shown(after) : `${shown(before)} → ${shown(after)}`

const listed = (values: Record<string, unknown>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)

const joined = (parts: string[]): string => parts.filter(Boolean).join(', ')
