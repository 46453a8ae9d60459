import type { Activity, Change, Lead, State, Visit } from '../../../sandbox/contract'

/** Stands in for the visitors of whom no lead is known yet. */
export const VISITORS = 0

/** Something else that the sandbox keeps of a lead: a list it is on, a campaign it was sent to, a form it filled out. */
export interface Keepsake {
  /** Under which name the state has it: `memberships`, for example. */
  kind: string
  values: Record<string, unknown>
}

/** A lead with all that Marketo knows of it. */
export interface LeadRow {
  id: number
  lead?: Lead
  changes: Change[]
  activities: Activity[]
  visits: Visit[]
  others: Keepsake[]
}

/** What has a place of its own on the page. */
const KNOWN = ['leads', 'changes', 'activities', 'visits', 'clicks', 'faults']

/** The latest first. */
export function rowsOf(state: State): LeadRow[] {
  const changesOf = grouped(state.changes ?? [], ({ leadId }) => leadId)
  const activitiesOf = grouped(state.activities, ({ leadId }) => leadId)
  const visitsOf = grouped(state.visits, ({ leadId }) => leadId ?? VISITORS)
  const othersOf = grouped(keepsakesIn(state), ({ values }) => Number(values.leadId))
  const rows = state.leads.map(
    (lead): LeadRow => ({
      id: lead.id,
      lead,
      changes: changesOf.get(lead.id) ?? [],
      activities: activitiesOf.get(lead.id) ?? [],
      visits: visitsOf.get(lead.id) ?? [],
      others: othersOf.get(lead.id) ?? []
    })
  )
  rows.sort((a, b) => (b.lead?.updatedAt ?? '').localeCompare(a.lead?.updatedAt ?? '') || b.id - a.id)
  const visits = visitsOf.get(VISITORS)
  return visits ? [...rows, { id: VISITORS, changes: [], activities: [], visits, others: [] }] : rows
}

/** Whatever else of the state names a lead, whatever it is called. */
function keepsakesIn(state: State): Keepsake[] {
  return Object.entries(state).flatMap(([kind, list]: [string, unknown]) =>
    Array.isArray(list) && !KNOWN.includes(kind)
      ? list
          .filter((one): one is Record<string, unknown> => typeof (one as { leadId?: unknown })?.leadId === 'number')
          .map((values) => ({ kind, values }))
      : []
  )
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

export const leadName = ({ lead }: LeadRow): string =>
  [lead?.fields.firstName, lead?.fields.lastName].filter((part) => part !== undefined).join(' ')

export const timeOf = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString([], { hour12: false })
}

export const momentOf = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')}`
}
