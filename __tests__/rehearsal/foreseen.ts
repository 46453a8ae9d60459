import type { JSONObject } from '@segment/actions-core'
import type { Plan } from '../../rehearsal/plan/contract'
import type { Sandbox, State } from '../../sandbox'

/** What a plan and the state of a Marketo have in common, in the same words, so that both can be compared. */
export interface End {
  leads: Record<string, { fields: object; cookies: string[] }>
  activities: string[]
  visits: string[]
  lists: string[]
  campaigns: string[]
  programs: string[]
  objects: string[]
  forms: string[]
  merges: string[]
}

/** Names each new lead by what it holds, because IDs and numbers depend on the order of independent calls. */
type Namer = (id: number | string | null) => string

/** What Marketo has now. @param before the leads that it had before */
export function endOf(sandbox: Sandbox, before: State['leads']): End {
  const state = sandbox.state()
  const old = new Set(before.map(({ id }) => id))
  const isNew = (id: number) => !old.has(id)
  const nameOf: Namer = (id) => {
    const lead = state.leads.find((candidate) => candidate.id === id)
    return lead && isNew(lead.id) ? `new ${text(lead.fields)}` : String(id)
  }
  return {
    leads: Object.fromEntries(
      state.leads.map(({ id, fields, cookies }) => [nameOf(id), { fields, cookies: [...cookies].sort() }])
    ),
    activities: state.activities
      .map(({ leadId, primaryAttributeValue, activityTypeId, attributes }) =>
        text([nameOf(leadId), activityTypeId, primaryAttributeValue, attributes.map((one) => [one.apiName, one.value])])
      )
      .sort(),
    visits: state.visits.map(({ leadId, url, token }) => text([leadId && nameOf(leadId), url, token])).sort(),
    lists: state.lists.flatMap(({ id, leadIds }) => leadIds.map((lead) => text([nameOf(lead), id]))).sort(),
    campaigns: state.campaignRuns
      .map(({ leadId, campaignId, tokens }) => text([nameOf(leadId), campaignId, tokens]))
      .sort(),
    programs: state.programMembers
      .map(({ leadId, programId, statusName, fields }) => text([nameOf(leadId), programId, statusName, fields]))
      .sort(),
    objects: state.objects
      .map(({ objectName, leadId, fields }) => text([leadId && nameOf(leadId), objectName, withoutLead(fields)]))
      .sort(),
    forms: state.formSubmissions.map(({ leadId, formId, fields }) => text([nameOf(leadId), formId, fields])).sort(),
    merges: state.merges.map(({ winnerId, loserFields }) => text([nameOf(winnerId), loserFields])).sort()
  }
}

/** What Marketo would have after a plan. @param state as it is before */
export function endAfter(plan: Plan, state: State): End {
  const leads = new Map<number | string, { fields: JSONObject; cookies: string[] }>()
  for (const { id, fields, cookies } of state.leads) leads.set(id, { fields: { ...fields }, cookies: [...cookies] })
  for (const lead of plan.leads) {
    const id = 'id' in lead ? lead.id : lead.new
    const known = leads.get(id)
    if (!known && 'id' in lead) throw new Error(`The plan changes lead ${lead.id}, which does not exist`)
    const fields = known?.fields ?? {}
    for (const [name, [before, after]] of Object.entries(lead.fields)) {
      if ((fields[name] ?? null) !== before)
        throw new Error(`${id}: ${name} is ${text(fields[name])}, not ${text(before)}`)
      if (after === null) delete fields[name]
      else fields[name] = after
    }
    leads.set(id, { fields, cookies: known?.cookies ?? [] })
  }
  for (const { lead, merged } of plan.merges) {
    leads.get(lead)?.cookies.push(...(leads.get(merged)?.cookies ?? []))
    leads.delete(merged)
  }
  for (const { lead, token } of plan.associations) {
    for (const other of leads.values()) other.cookies = other.cookies.filter((cookie) => cookie !== token)
    leads.get(lead)?.cookies.push(token)
  }
  const nameOf: Namer = (id) => (typeof id === 'string' ? `new ${text(leads.get(id)?.fields)}` : String(id))
  const survivors = new Map(plan.merges.map(({ lead, merged }) => [merged, lead]))
  const nowOf = (id: number): string => nameOf(survivors.get(id) ?? id)
  const members = new Set(state.lists.flatMap(({ id, leadIds }) => leadIds.map((lead) => text([nowOf(lead), id]))))
  for (const { lead, list, action } of plan.lists) {
    if (action === 'add') members.add(text([nameOf(lead), list]))
    else members.delete(text([nameOf(lead), list]))
  }
  const programs = new Map<string, { status: string; fields: JSONObject }>(
    state.programMembers.map(({ leadId, programId, statusName, fields }) => [
      text([nowOf(leadId), programId]),
      { status: statusName, fields }
    ])
  )
  for (const { lead, program, status, fields } of plan.programs) {
    const key = text([nameOf(lead), program])
    const former = programs.get(key)
    if ((former?.status ?? null) !== status[0]) throw new Error(`${key} is not in ${status[0]}`)
    programs.set(key, { status: status[1], fields: { ...former?.fields, ...afterOf(fields) } })
  }
  const objects = new Map<string, string>()
  const objectFields = new Map<string, JSONObject>()
  for (const { objectName, leadId, fields } of state.objects) {
    const place = text([objectName, keyOf(objectName, fields)])
    objectFields.set(place, fields)
    objects.set(place, text([leadId && String(leadId), objectName, withoutLead(fields)]))
  }
  for (const { lead, object, key, action, fields } of plan.objects) {
    const place = text([object, key])
    if (action === 'remove') objects.delete(place)
    else {
      const all = { ...objectFields.get(place), ...afterOf(fields) }
      objectFields.set(place, all)
      objects.set(place, text([lead && nameOf(lead), object, withoutLead(all)]))
    }
  }
  return {
    leads: Object.fromEntries(
      [...leads].map(([id, { fields, cookies }]) => [nameOf(id), { fields, cookies: [...new Set(cookies)].sort() }])
    ),
    activities: plan.activities
      .map(({ lead, primaryAttributeValue, activityTypeId, attributes }) =>
        text([nameOf(lead), activityTypeId, primaryAttributeValue, Object.entries(attributes)])
      )
      .sort(),
    visits: plan.visits.map(({ lead, url, token }) => text([lead && nameOf(lead), url, token])).sort(),
    lists: [...members].sort(),
    campaigns: plan.campaigns.map(({ lead, campaign, tokens }) => text([nameOf(lead), campaign, tokens])).sort(),
    programs: [...programs]
      .map(([key, { status, fields }]) => text([...(JSON.parse(key) as unknown[]), status, fields]))
      .sort(),
    objects: [...objects.values()].sort(),
    forms: plan.forms.map(({ lead, form, fields }) => text([nameOf(lead), form, fields])).sort(),
    merges: plan.merges.map(({ lead, fields }) => text([nameOf(lead), fields])).sort()
  }
}

const DEDUPE: Record<string, string[]> = {
  car_c: ['vin'],
  purchase_c: ['orderNumber', 'sku'],
  store_c: ['storeNumber']
}
const keyOf = (objectName: string, fields: JSONObject): JSONObject =>
  Object.fromEntries(DEDUPE[objectName].map((name) => [name, fields[name]]))

const afterOf = (fields: Plan['programs'][number]['fields']): JSONObject =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, [, after]]) => (after === null ? [] : [[name, after]])))

/** The ID of a new lead differs between a plan and a run. */
const withoutLead = ({ leadID: _, ...fields }: Record<string, unknown>) => fields

/** The same for equal values, whatever the order of their members. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a.localeCompare(b)))
      : member
  )
}
