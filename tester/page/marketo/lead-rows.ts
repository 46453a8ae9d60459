import type { Activity, CampaignRun, Change, FormSubmission, Lead, ListChange } from '../../../sandbox/contract'
import type { Merge, ObjectRecord, ProgramMember, State, Visit } from '../../../sandbox/contract'

/** A row for the visitors whose lead is not known yet. */
export const VISITORS = 0

/** A lead with everything that Marketo knows about it. */
export interface LeadEntry {
  id: number
  lead?: Lead
  changes: Change[]
  activities: Activity[]
  visits: Visit[]
  listChanges: ListChange[]
  campaignRuns: CampaignRun[]
  objects: ObjectRecord[]
  programMembers: ProgramMember[]
  formSubmissions: FormSubmission[]
  /** The leads that were merged into this one. */
  merges: Merge[]
  /** The names of the lists that it is on. */
  lists: string[]
}

/** The latest first. */
export function rowsOf(state: State): LeadEntry[] {
  const byLead = <T extends { leadId: number | null }>(items: T[]) => {
    const groups = grouped(items, ({ leadId }) => leadId ?? VISITORS)
    return (id: number): T[] => groups.get(id) ?? []
  }
  const [changes, activities, visits] = [byLead(state.changes), byLead(state.activities), byLead(state.visits)]
  const [listChanges, campaignRuns] = [byLead(state.listChanges), byLead(state.campaignRuns)]
  const [programMembers, formSubmissions] = [byLead(state.programMembers), byLead(state.formSubmissions)]
  const objects = byLead(state.objects)
  const merges = byLead(state.merges.map((merge) => ({ ...merge, leadId: merge.winnerId })))
  const lists = byLead(state.lists.flatMap(({ name, leadIds }) => leadIds.map((leadId) => ({ leadId, name }))))
  const rowOf = (id: number, lead?: Lead): LeadEntry => ({
    ...{ id, lead, changes: changes(id), activities: activities(id), visits: visits(id) },
    ...{ listChanges: listChanges(id), campaignRuns: campaignRuns(id), programMembers: programMembers(id) },
    ...{ formSubmissions: formSubmissions(id), objects: objects(id), merges: merges(id) },
    lists: lists(id).map(({ name }) => name)
  })
  const rows = state.leads.map((lead) => rowOf(lead.id, lead))
  rows.sort((a, b) => (b.lead?.updatedAt ?? '').localeCompare(a.lead?.updatedAt ?? '') || b.id - a.id)
  return visits(VISITORS).length ? [...rows, { ...rowOf(VISITORS), objects: [] }] : rows
}

function grouped<T>(items: T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

export const leadName = ({ lead }: LeadEntry): string =>
  [lead?.fields.firstName, lead?.fields.lastName].filter((part) => part !== undefined).join(' ')

export const timeOf = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString([], { hour12: false })
}

export const momentOf = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')}`
}
