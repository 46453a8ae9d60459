import type { Activity, Lead, State, Visit } from '../../../sandbox/contract'

/** Stands in for the visitors of whom no lead is known yet. */
export const VISITORS = 0

/** A lead with all that Marketo knows of it. */
export interface LeadRow {
  id: number
  lead?: Lead
  activities: Activity[]
  visits: Visit[]
}

/** The latest first. */
export function rowsOf({ leads, activities, visits }: State): LeadRow[] {
  const activitiesOf = grouped(activities, ({ leadId }) => leadId)
  const visitsOf = grouped(visits, ({ leadId }) => leadId ?? VISITORS)
  const rows = leads.map(
    (lead): LeadRow => ({
      id: lead.id,
      lead,
      activities: activitiesOf.get(lead.id) ?? [],
      visits: visitsOf.get(lead.id) ?? []
    })
  )
  rows.sort((a, b) => (b.lead?.updatedAt ?? '').localeCompare(a.lead?.updatedAt ?? '') || b.id - a.id)
  const anonymous = visitsOf.get(VISITORS)
  return anonymous ? [...rows, { id: VISITORS, activities: [], visits: anonymous }] : rows
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

export const timeOf = (iso: string) => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString([], { hour12: false })
}

export const momentOf = (iso: string) => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')}`
}
