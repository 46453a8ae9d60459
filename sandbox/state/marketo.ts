import { Activities } from './activities'
import { ActivityTypes, type ActivityType } from './activity-types'
import { Campaigns } from './campaigns'
import { STARTING_OBJECT_TYPES, type ObjectType } from './custom-object-types'
import { CustomObjects } from './custom-objects'
import { refusal } from './field-values'
import { CRM_FIELDS, LEAD_FIELDS, type Field } from './fields'
import { STARTING_FOLDERS, type Folder } from './folders'
import { Forms, STARTING_FORMS, type Form } from './forms'
import { LeadDatabase, type FieldValues } from './leads'
import { Programs, type Channel, type MemberField } from './programs'
import { checkedLimits, MARKETO_LIMITS, Quota } from './quota'
import { checkedAssets, seedAssets, type MoreAssets } from './seed-assets'
import { Permissions } from './permissions'
import { STARTING_ACTIVITY_TYPES } from './seed-activity-types'
import { STARTING_CHANNELS, STARTING_MEMBER_FIELDS } from './seed-programs'
import { STARTING_LEADS, type LeadSeed } from './seed'
import type { InstanceState, Lead, Limits, Merge } from './shapes'
import { StaticLists } from './static-lists'
import { AccessTokens, type ClientCredentials } from './tokens'
import { WebTracking } from './tracking'

export interface MarketoOptions extends ClientCredentials {
  munchkinId: string
  limits: Partial<Limits>
  now: () => number
}

export interface Seed {
  leads?: LeadSeed[]
  keepDefaults?: boolean
  /** How many numbered assets of each kind to add, for choices that take several pages. `none`: not even the usual ones. */
  assets?: MoreAssets | 'none'
  /** What differs from the usual set-up. */
  setup?: Partial<Setup>
}

/** What an administrator has set up in an instance. It is part of the instance's state, so that no two share it. */
export interface Setup {
  fields: readonly Field[]
  activityTypes: readonly ActivityType[]
  objectTypes: readonly ObjectType[]
  channels: readonly Channel[]
  memberFields: readonly MemberField[]
  folders: readonly Folder[]
  forms: readonly Form[]
  /** Names of lead partitions. New leads go into the first one, unless the call names another. */
  partitions: readonly string[]
}

/** How an instance is set up, unless the seed says otherwise. */
const USUAL_SETUP: Setup = {
  fields: LEAD_FIELDS,
  activityTypes: STARTING_ACTIVITY_TYPES,
  objectTypes: STARTING_OBJECT_TYPES,
  channels: STARTING_CHANNELS,
  memberFields: STARTING_MEMBER_FIELDS,
  folders: STARTING_FOLDERS,
  forms: STARTING_FORMS,
  partitions: ['Default', 'EMEA']
}

const RESETS_TO_UNDO = 5

/** One Marketo instance, in memory. */
export class Marketo {
  readonly munchkinId: string
  readonly now: () => number
  readonly limits: Limits
  /** Tokens survive a reset, because clients keep theirs. */
  readonly tokens: AccessTokens
  quota!: Quota
  fields!: Map<string, Field>
  leads!: LeadDatabase
  activities!: Activities
  activityTypes!: ActivityTypes
  tracking!: WebTracking
  lists!: StaticLists
  campaigns!: Campaigns
  customObjects!: CustomObjects
  programs!: Programs
  forms!: Forms
  folders!: readonly Folder[]
  /** Names of lead partitions, the default one first. */
  partitions!: readonly string[]
  private merges: Merge[] = []
  permissions!: Permissions
  /** The state before each of the last few resets. */
  private formers: Partial<Marketo>[] = []

  constructor(private readonly options: MarketoOptions) {
    this.munchkinId = options.munchkinId.toUpperCase()
    this.now = options.now
    this.limits = { ...MARKETO_LIMITS, ...checkedLimits(options.limits) }
    this.tokens = new AccessTokens(options, this.limits, this.now)
    this.reset()
  }

  reset({ leads, keepDefaults = leads === undefined, assets = {}, setup = {} }: Seed = {}): void {
    const { formers, ...present } = this
    this.formers = [...formers, present].slice(-RESETS_TO_UNDO)
    Object.assign(this.limits, MARKETO_LIMITS, this.options.limits)
    this.quota = new Quota(this.limits, this.now)
    const { fields, activityTypes, objectTypes, channels, memberFields, folders, forms, partitions } = structuredClone({
      ...USUAL_SETUP,
      ...setup
    })
    this.fields = new Map(fields.map((field) => [field.name, field]))
    this.leads = new LeadDatabase(this.now, (id) => {
      this.lists.forget(id)
      this.customObjects.forget(id)
      this.programs.forget(id)
    })
    this.activities = new Activities()
    this.activityTypes = new ActivityTypes(activityTypes, this.limits, this.now)
    this.tracking = new WebTracking(this.munchkinId, this.leads, this.now)
    this.lists = new StaticLists(this.now)
    this.campaigns = new Campaigns(this.now)
    this.customObjects = new CustomObjects([...objectTypes], this.now)
    this.programs = new Programs([...channels], [...memberFields], this.now)
    this.forms = new Forms(forms, this.now)
    this.folders = folders
    this.partitions = partitions
    this.merges = []
    this.permissions = new Permissions()
    seedAssets(this, checkedAssets(assets))
    for (const lead of [...(keepDefaults ? STARTING_LEADS : []), ...(leads ?? [])]) this.seed(lead)
    // The starting data does not count as changes.
    this.leads.changes.length = 0
  }

  /** Undoes the last reset that is not undone yet. */
  undoReset(): void {
    Object.assign(this, this.formers.pop())
  }

  /**
   * Merge Leads: the winner's values win, and the winner gets the other's activities and visits, but not its custom objects. A boolean
   * always has a value: false, if it was never set (since March 2026). A lead in Salesforce wins over one that is only in Marketo,
   * whichever the call names.
   */
  merge(winner: Lead, loser: Lead): void {
    if (isInCrm(loser) && !isInCrm(winner)) {
      this.merge(loser, winner)
      return
    }
    const { cookies } = loser
    const fields = Object.fromEntries(
      Object.entries(loser.fields).filter(([name]) => this.fields.get(name)?.dataType !== 'boolean')
    )
    const ofWinner = Object.entries(winner.fields).filter(([, value]) => value !== '')
    this.leads.update(winner, { ...fields, ...Object.fromEntries(ofWinner) })
    const mergedAt = new Date(this.now()).toISOString()
    this.merges.push({ winnerId: winner.id, loserId: loser.id, loserFields: { ...loser.fields }, mergedAt })
    this.activities.move(loser.id, winner.id)
    this.tracking.move(loser.id, winner.id)
    this.lists.move(loser.id, winner.id)
    this.campaigns.move(loser.id, winner.id)
    this.customObjects.leave(loser.id)
    this.programs.move(loser.id, winner.id)
    this.forms.move(loser.id, winner.id)
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

  /** A copy, which later events do not change. */
  state(): InstanceState {
    return {
      instance: this.munchkinId,
      leads: this.leads.all().map((lead) => ({ ...lead, fields: { ...lead.fields }, cookies: [...lead.cookies] })),
      changes: [...this.leads.changes],
      activities: this.activities.all(),
      activityTypes: this.activityTypes.all(),
      visits: this.tracking.visits.map((visit) => ({ ...visit })),
      clicks: this.tracking.clicks.map((click) => ({ ...click })),
      lists: this.lists.state(),
      listChanges: this.lists.changes.map((change) => ({ ...change })),
      campaignRuns: this.campaigns.state(),
      objects: this.customObjects.state(),
      programMembers: this.programs.state(),
      formSubmissions: this.forms.state(),
      merges: this.merges.map((merge) => ({ ...merge, loserFields: { ...merge.loserFields } })),
      usage: structuredClone(this.quota.usage),
      limits: { ...this.limits }
    }
  }

  private seed({ id, partition = this.partitions[0], cookies = [], ...given }: LeadSeed): void {
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    if (this.leads.get(id)) throw new TypeError(`there are two leads with the id ${id}`)
    for (const [name, value] of Object.entries(fields)) {
      const field = this.fields.get(name)
      const isSet = field?.updateable === true || CRM_FIELDS.includes(name)
      if (!field || !isSet) throw new TypeError(`a lead cannot be given a field called ${name}`)
      const why = refusal(name, field.dataType, value)
      if (why) throw new TypeError(why.message)
    }
    const lead = this.leads.create(fields as FieldValues, partition, id)
    for (const token of cookies) this.leads.tie(token, lead)
  }
}

const isInCrm = ({ fields }: Lead): boolean => CRM_FIELDS.some((name) => fields[name] !== undefined)
