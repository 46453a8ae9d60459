/** What a rehearsal foresees. It neither holds the Client Secret nor an access token. */

/** A lead of Marketo by its ID, or one that would be created: `new-1`, `new-2` and so on, in that order. */
export type LeadName = number | string

export type Value = string | number | boolean | null

/** By field: the value before and after. `null` means no value. */
export type FieldChanges = Record<string, [before: Value, after: Value]>

export interface PlannedEvent {
  /** Its place in the file, from 0. */
  index: number
  /** The mapping that takes it, by name. */
  mapping: string
  status: number
  /** Why it failed. */
  message?: string
  lead?: LeadName
  /** Values that Marketo would refuse and the event does without. */
  leftOut?: string[]
}

/** A lead that would change, by its ID, or one that would be created. */
export type PlannedLead = { fields: FieldChanges } & ({ id: number } | { new: string })

export interface Plan {
  /** REST calls: those that Marketo answered, and those that it did not get. */
  calls: { read: number; withheld: number }
  events: PlannedEvent[]
  leads: PlannedLead[]
  activities: {
    lead: LeadName
    activityTypeId: number
    primaryAttributeValue: string
    activityDate: string
    attributes: Record<string, unknown>
  }[]
  /** Without a lead, the visitor stays anonymous. */
  visits: { lead: LeadName | null; url: string; token: string; visitedAt: string }[]
  lists: { lead: LeadName; list: number; name: string; action: 'add' | 'remove' }[]
  campaigns: { lead: LeadName; campaign: number; name: string; tokens: Record<string, string> }[]
  programs: {
    lead: LeadName
    program: number
    name: string
    /** `add` makes the lead a member. */
    action: 'add' | 'set'
    status: [before: string | null, after: string]
    fields: FieldChanges
  }[]
  objects: {
    lead: LeadName | null
    object: string
    key: Record<string, Value>
    action: 'add' | 'set' | 'remove'
    fields: FieldChanges
  }[]
  forms: { lead: LeadName; form: number; name: string; program?: number; fields: Record<string, unknown> }[]
  /** `merged` disappears, with these values. */
  merges: { lead: LeadName; merged: LeadName; fields: Record<string, Value> }[]
  associations: { lead: LeadName; token: string }[]
  /** What only Marketo can decide. */
  unknown: { event: number; why: string }[]
  /** Events that no mapping takes. */
  notTaken: number
}
