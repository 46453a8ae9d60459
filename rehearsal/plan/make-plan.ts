import type { Picture } from '../picture/picture'
import { isNewLead } from '../picture/known-leads'
import type { Change } from '../../sandbox/state/shapes'
import type { FieldChanges, LeadName, Plan, PlannedLead, Value } from './contract'

/** Everything in a plan that Marketo would have at the end. */
type Effects = Omit<Plan, 'calls' | 'events' | 'unknown' | 'notTaken'>

/** How the plan names leads. */
export class LeadNames {
  private readonly names = new Map<number, string>()
  private readonly survivors = new Map<number, number>()

  constructor({ marketo }: Picture) {
    const { merges, changes } = marketo.state()
    for (const { leadId, isNew } of changes) if (isNew) this.names.set(leadId, `new-${this.names.size + 1}`)
    for (const { winnerId, loserId } of merges) this.survivors.set(loserId, winnerId)
  }

  of(id: number): LeadName {
    return this.names.get(id) ?? id
  }

  /** The lead that a lead has become part of. */
  now(id: number): LeadName {
    let survivor = id
    for (let next = this.survivors.get(id); next !== undefined; next = this.survivors.get(next)) survivor = next
    return this.of(survivor)
  }
}

export function effectsOf(picture: Picture, names: LeadNames): Effects {
  const state = picture.marketo.state()
  const { programs, objects, associations } = picture.changes
  return {
    leads: leadsOf(state.changes, new Set(state.leads.map(({ id }) => id)), names),
    activities: state.activities.map(({ leadId, activityTypeId, primaryAttributeValue, activityDate, attributes }) => ({
      ...{ lead: names.now(leadId), activityTypeId, primaryAttributeValue, activityDate },
      attributes: Object.fromEntries(attributes.map(({ apiName, value }) => [apiName, value]))
    })),
    visits: state.visits.map(({ leadId, url, token, visitedAt }) => ({
      ...{ lead: leadId === null ? null : names.now(leadId), url, token, visitedAt }
    })),
    lists: state.listChanges.map(({ leadId, listId, listName, isAdded }) => ({
      ...{ lead: names.now(leadId), list: listId, name: listName, action: isAdded ? 'add' : 'remove' }
    })),
    campaigns: state.campaignRuns.map(({ leadId, campaignId, campaignName, tokens }) => ({
      ...{ lead: names.now(leadId), campaign: campaignId, name: campaignName, tokens }
    })),
    programs: programs.map(({ leadId, programId, programName, before, after }) => ({
      ...{ lead: names.now(leadId), program: programId, name: programName, action: before ? 'set' : 'add' },
      status: [before?.statusName ?? null, after.statusName],
      fields: differences(before?.fields, after.fields)
    })),
    objects: objects.map(({ leadId, objectName, key, before, after }) => ({
      ...{ lead: leadId === null ? null : names.now(leadId), object: objectName, key },
      action: before ? (after ? 'set' : 'remove') : 'add',
      fields: differences(before, after)
    })),
    forms: state.formSubmissions.map(({ leadId, formId, formName, programId, fields }) => ({
      ...{ lead: names.now(leadId), form: formId, name: formName, fields },
      ...(programId !== undefined && { program: programId })
    })),
    merges: state.merges.map(({ winnerId, loserId, loserFields }) => ({
      ...{ lead: names.of(winnerId), merged: names.of(loserId), fields: loserFields }
    })),
    associations: associations.map(({ leadId, token }) => ({ lead: names.now(leadId), token }))
  }
}

/** The leads that would change, with their values before the first change and after the last. */
function leadsOf(changes: Change[], present: ReadonlySet<number>, names: LeadNames): PlannedLead[] {
  const fieldsOf = new Map<number, FieldChanges>()
  for (const { leadId, values } of changes) {
    const fields = fieldsOf.get(leadId) ?? {}
    for (const [name, { from, to }] of Object.entries(values))
      fields[name] = [name in fields ? fields[name][0] : from, to]
    fieldsOf.set(leadId, fields)
  }
  // Calls that go at the same time may arrive in any order. New leads have the highest IDs.
  const inOrder = [...fieldsOf].sort(([one], [other]) => one - other)
  return inOrder.flatMap(([id, all]): PlannedLead[] => {
    const fields = Object.fromEntries(Object.entries(all).filter(([, [before, after]]) => before !== after))
    if (!present.has(id)) return []
    if (isNewLead(id)) return [{ new: String(names.of(id)), fields }]
    return Object.keys(fields).length > 0 ? [{ id, fields }] : []
  })
}

function differences(before: Record<string, Value> = {}, after: Record<string, Value> = {}): FieldChanges {
  const all = Object.keys({ ...before, ...after })
  const changes = all.map((name): [string, [Value, Value]] => [name, [before[name] ?? null, after[name] ?? null]])
  return Object.fromEntries(changes.filter(([, [from, to]]) => from !== to))
}
