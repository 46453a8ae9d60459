import { AccessTokens, type Credentials } from './access-tokens'
import { CallLimits, checkedLimits, MARKETO_LIMITS } from './call-limits'
import type { Activity, Endpoint, Lead, Limits, State } from './contract'
import { Faults } from './faults'
import { refusal } from './field-values'
import { LeadDatabase, type FieldValues } from './lead-database'
import { LEAD_FIELDS, type Field } from './lead-fields'
import { STARTING_LEADS, type LeadSeed } from './starting-leads'
import { WebTracking } from './web-tracking'

export interface MarketoOptions extends Credentials {
  munchkinId: string
  limits: Partial<Limits>
  now: () => number
}

export interface Seed {
  leads?: LeadSeed[]
  keepDefaults?: boolean
}

/** Names of lead partitions. A lead is created in the first one unless the call names another. */
export const PARTITIONS = ['Default', 'EMEA']

/** One Marketo instance, in memory. */
export class Marketo {
  readonly munchkinId: string
  readonly now: () => number
  readonly limits: Limits
  /** Tokens outlive a reset, as a client keeps its own. */
  readonly tokens: AccessTokens
  readonly faults = new Faults()
  /** What somebody else does right before the next call of an endpoint: once each, in order. */
  private intrusions: { endpoint: Endpoint; deed: (marketo: Marketo) => void }[] = []
  calls!: CallLimits
  fields!: Map<string, Field>
  leads!: LeadDatabase
  activities!: Activity[]
  tracking!: WebTracking

  constructor(private readonly options: MarketoOptions) {
    this.munchkinId = options.munchkinId.toUpperCase()
    this.now = options.now
    this.limits = { ...MARKETO_LIMITS, ...checkedLimits(options.limits) }
    this.tokens = new AccessTokens(options, this.limits, this.now)
    this.reset()
  }

  reset({ leads, keepDefaults = leads === undefined }: Seed = {}): void {
    this.faults.clear()
    this.intrusions = []
    Object.assign(this.limits, MARKETO_LIMITS, this.options.limits)
    this.calls = new CallLimits(this.limits, this.now)
    this.fields = new Map(LEAD_FIELDS.map((field) => [field.name, field]))
    this.leads = new LeadDatabase(this.now)
    this.activities = []
    this.tracking = new WebTracking(this.munchkinId, this.leads, this.now)
    for (const lead of [...(keepDefaults ? STARTING_LEADS : []), ...(leads ?? [])]) this.seed(lead)
  }

  intrude(endpoint: Endpoint, deed: (marketo: Marketo) => void): void {
    this.intrusions.push({ endpoint, deed })
  }

  beforeCall(endpoint: Endpoint): void {
    const next = this.intrusions.find((intrusion) => intrusion.endpoint === endpoint)
    this.intrusions = this.intrusions.filter((intrusion) => intrusion !== next)
    next?.deed(this)
  }

  /** Merge Leads: the winner's values win, and what the other did and visited becomes the winner's. */
  merge(winner: Lead, loser: Lead): void {
    const { fields, cookies } = loser
    this.leads.update(winner, { ...fields, ...winner.fields })
    for (const activity of this.activities) if (activity.leadId === loser.id) activity.leadId = winner.id
    for (const visit of this.tracking.visits) if (visit.leadId === loser.id) visit.leadId = winner.id
    for (const token of [...cookies]) this.leads.tie(token, winner)
    this.leads.delete(loser)
  }

  /** Starts a new rate window, so that a lowered limit counts from here. */
  setLimits(limits: Partial<Limits>): void {
    Object.assign(this.limits, checkedLimits(limits))
    this.calls.startWindow()
  }

  removeFields(names: string[]): void {
    for (const name of names) {
      if (!this.fields.delete(name)) throw new TypeError(`there is no field called ${name}`)
    }
  }

  /** A copy: what happens later does not show in it. */
  state(): State {
    return {
      instance: this.munchkinId,
      leads: this.leads.all().map((lead) => ({ ...lead, fields: { ...lead.fields }, cookies: [...lead.cookies] })),
      activities: [...this.activities],
      visits: this.tracking.visits.map((visit) => ({ ...visit })),
      clicks: this.tracking.clicks.map((click) => ({ ...click })),
      usage: structuredClone(this.calls.usage),
      limits: { ...this.limits },
      faults: this.faults.list()
    }
  }

  private seed({ id, partition = PARTITIONS[0], cookies = [], ...given }: LeadSeed): void {
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    if (this.leads.get(id)) throw new TypeError(`there are two leads with the id ${id}`)
    for (const [name, value] of Object.entries(fields)) {
      const field = this.fields.get(name)
      if (!field?.updateable) throw new TypeError(`a lead cannot be given a field called ${name}`)
      const why = refusal(name, field.dataType, value)
      if (why) throw new TypeError(why.message)
    }
    const lead = this.leads.create(fields as FieldValues, partition, id)
    for (const token of cookies) this.leads.tie(token, lead)
  }
}
