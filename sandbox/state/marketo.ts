import { Activities } from './activities'
import { refusal } from './field-values'
import { LEAD_FIELDS, type Field } from './fields'
import { LeadDatabase, type FieldValues } from './leads'
import { checkedLimits, MARKETO_LIMITS, Quota } from './quota'
import { STARTING_LEADS, type LeadSeed } from './seed'
import type { Activity, Change, Click, Lead, Limits, UsageOf, Visit } from './shapes'
import { AccessTokens, type Credentials } from './tokens'
import { WebTracking } from './tracking'

export interface MarketoOptions extends Credentials {
  munchkinId: string
  limits: Partial<Limits>
  now: () => number
}

export interface Seed {
  leads?: LeadSeed[]
  keepDefaults?: boolean
}

/** What there is in an instance. */
export interface InstanceState {
  instance: string
  leads: Lead[]
  changes: Change[]
  activities: Activity[]
  visits: Visit[]
  clicks: Click[]
  usage: UsageOf<string>
  limits: Limits
}

/** Names of lead partitions. A lead is created in the first one unless the call names another. */
export const PARTITIONS = ['Default', 'EMEA']

const RESETS_TO_UNDO = 5

/** One Marketo instance, in memory. */
export class Marketo {
  readonly munchkinId: string
  readonly now: () => number
  readonly limits: Limits
  /** Tokens outlive a reset, as a client keeps its own. */
  readonly tokens: AccessTokens
  quota!: Quota
  fields!: Map<string, Field>
  leads!: LeadDatabase
  activities!: Activities
  tracking!: WebTracking
  /** What there was before the last few resets. */
  private formers: Partial<Marketo>[] = []

  constructor(private readonly options: MarketoOptions) {
    this.munchkinId = options.munchkinId.toUpperCase()
    this.now = options.now
    this.limits = { ...MARKETO_LIMITS, ...checkedLimits(options.limits) }
    this.tokens = new AccessTokens(options, this.limits, this.now)
    this.reset()
  }

  reset({ leads, keepDefaults = leads === undefined }: Seed = {}): void {
    const { formers, ...present } = this
    this.formers = [...formers, present].slice(-RESETS_TO_UNDO)
    Object.assign(this.limits, MARKETO_LIMITS, this.options.limits)
    this.quota = new Quota(this.limits, this.now)
    this.fields = new Map(LEAD_FIELDS.map((field) => [field.name, field]))
    this.leads = new LeadDatabase(this.now)
    this.activities = new Activities()
    this.tracking = new WebTracking(this.munchkinId, this.leads, this.now)
    for (const lead of [...(keepDefaults ? STARTING_LEADS : []), ...(leads ?? [])]) this.seed(lead)
    // What an instance begins with is no change.
    this.leads.changes.length = 0
  }

  /** Brings back what there was before the last reset that is not undone yet. */
  undoReset(): void {
    Object.assign(this, this.formers.pop())
  }

  /** Merge Leads: the winner's values win, and what the other did and visited becomes the winner's. */
  merge(winner: Lead, loser: Lead): void {
    const { fields, cookies } = loser
    this.leads.update(winner, { ...fields, ...winner.fields })
    this.activities.move(loser.id, winner.id)
    this.tracking.move(loser.id, winner.id)
    for (const token of [...cookies]) this.leads.tie(token, winner)
    this.leads.delete(loser)
  }

  /** Starts a new rate window, so that a lowered limit counts from here. */
  setLimits(limits: Partial<Limits>): void {
    Object.assign(this.limits, checkedLimits(limits))
    this.quota.startWindow()
  }

  removeFields(names: string[]): void {
    for (const name of names) {
      if (!this.fields.delete(name)) throw new TypeError(`there is no field called ${name}`)
    }
  }

  /** A copy: what happens later does not show in it. */
  state(): InstanceState {
    return {
      instance: this.munchkinId,
      leads: this.leads.all().map((lead) => ({ ...lead, fields: { ...lead.fields }, cookies: [...lead.cookies] })),
      changes: [...this.leads.changes],
      activities: this.activities.all(),
      visits: this.tracking.visits.map((visit) => ({ ...visit })),
      clicks: this.tracking.clicks.map((click) => ({ ...click })),
      usage: structuredClone(this.quota.usage),
      limits: { ...this.limits }
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
