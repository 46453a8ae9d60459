import type { FieldChanges, LeadName, Plan } from '../../../rehearsal/plan/contract'
import { effectsOf, type Effect } from './effects'

/** A lead with everything that would happen to it. */
export interface PlannedRow {
  key: string
  /** As a heading. */
  title: string
  end: 'created' | 'updated' | 'same values'
  email: string
  fields: FieldChanges
  effects: Effect[]
}

/** The key of the visitors whose lead is not known. */
const VISITORS = 'visitors'

/** @returns the leads of a plan: those whose values would change, and then those to whom only something else happens */
export function plannedLeads(plan: Plan): PlannedRow[] {
  const effects = new Map<string, Effect[]>()
  for (const effect of effectsOf(plan)) {
    const key = effect.lead === null ? VISITORS : String(effect.lead)
    const known = effects.get(key)
    if (known) known.push(effect)
    else effects.set(key, [effect])
  }
  const changing = plan.leads.map((lead) => {
    const name: LeadName = 'new' in lead ? lead.new : lead.id
    return rowOf(String(name), 'new' in lead ? 'created' : 'updated', lead.fields)
  })
  const listed = new Set(changing.map(({ key }) => key))
  const others = [...effects.keys()].filter((key) => !listed.has(key)).map((key) => rowOf(key, 'same values', {}))
  return [...changing, ...others]

  function rowOf(key: string, end: PlannedRow['end'], fields: FieldChanges): PlannedRow {
    const email = fields.email?.[1] ?? ''
    const title = key === VISITORS ? 'Unknown visitors' : `Lead ${key}`
    return { key, title, end, email: String(email), fields, effects: effects.get(key) ?? [] }
  }
}
