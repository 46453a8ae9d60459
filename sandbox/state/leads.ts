import type { Change, Lead } from './shapes'

export type FieldValues = Record<string, string | number | boolean | null>

/** Marketo's search ignores upper and lower case. */
const keyOf = (value: unknown) => String(value).toLowerCase()

const asList = (lead: Lead | undefined) => (lead ? [lead] : [])

/** The leads of one instance and who owns which Munchkin token. Lookups stay fast with 100,000 leads. */
export class LeadDatabase {
  /** Every write that changed something, in order. */
  readonly changes: Change[] = []
  private readonly leads = new Map<number, Lead>()
  /** By field, then by value. Built on the first look-up by that field, and kept up to date. */
  private readonly indexes = new Map<string, Map<string, Set<Lead>>>()
  private readonly owners = new Map<string, Lead>()
  private nextId = 1001
  private lastWrite = 0

  /** @param onDelete receives the ID of each deleted lead */
  constructor(private readonly now: () => number, private readonly onDelete: (id: number) => void = () => undefined) {}

  all(): Lead[] {
    return [...this.leads.values()]
  }

  /** @param id as a record holds it. Text names no lead: convert what comes from a path or a query */
  get(id: unknown): Lead | undefined {
    return typeof id === 'number' ? this.leads.get(id) : undefined
  }

  owner(token: string): Lead | undefined {
    return this.owners.get(token)
  }

  find(field: string, value: unknown): Lead[] {
    if (field === 'id') return asList(this.get(Number(value)))
    if (field === 'cookies') return asList(this.owner(String(value)))
    return [...(this.indexOf(field).get(keyOf(value)) ?? [])]
  }

  /** From now on, new leads get IDs from `id` on, and writes count as later than `at` (milliseconds). */
  startAt({ id, at }: { id: number; at: number }): void {
    this.nextId = id
    this.lastWrite = at
  }

  /** Takes a lead as another Marketo has it. This is not a change. */
  adopt(lead: Lead): Lead {
    this.leads.set(lead.id, lead)
    return lead
  }

  /** Adds values that a lead had all along. This is not a change. */
  fill(lead: Lead, values: FieldValues): void {
    this.set(lead, values)
  }

  create(values: FieldValues, partition: string, id = this.nextId): Lead {
    const writtenAt = this.timestamp()
    const lead: Lead = { id, createdAt: writtenAt, updatedAt: writtenAt, partition, fields: {}, cookies: [] }
    this.leads.set(id, lead)
    this.nextId = Math.max(this.nextId, id + 1)
    this.write(lead, values, true)
    return lead
  }

  update(lead: Lead, values: FieldValues): void {
    lead.updatedAt = this.timestamp()
    this.write(lead, values, false)
  }

  delete(lead: Lead): void {
    for (const [field, index] of this.indexes) this.unlist(index, field, lead)
    for (const token of lead.cookies) this.owners.delete(token)
    this.leads.delete(lead.id)
    this.onDelete(lead.id)
  }

  /** A token has one owner: tying it to another lead removes it from the previous one. */
  tie(token: string, lead: Lead): void {
    const former = this.owners.get(token)
    if (former) former.cookies = former.cookies.filter((cookie) => cookie !== token)
    lead.cookies.push(token)
    this.owners.set(token, lead)
  }

  /** Each write is later than the one before, so that "most recently updated" is never a tie. */
  private timestamp(): string {
    this.lastWrite = Math.max(this.now(), this.lastWrite + 1)
    return new Date(this.lastWrite).toISOString()
  }

  private write(lead: Lead, values: FieldValues, isNew: boolean): void {
    const changed = Object.entries(values).flatMap(([field, to]): [string, Change['values'][string]][] => {
      const from = lead.fields[field] ?? null
      return from === to ? [] : [[field, { from, to }]]
    })
    this.set(lead, values)
    if (!isNew && changed.length === 0) return
    this.changes.push({ leadId: lead.id, at: lead.updatedAt, isNew, values: Object.fromEntries(changed) })
  }

  private set(lead: Lead, values: FieldValues): void {
    for (const [field, value] of Object.entries(values)) {
      const index = this.indexes.get(field)
      if (index) this.unlist(index, field, lead)
      if (value === null) delete lead.fields[field]
      else lead.fields[field] = value
      if (index) this.list(index, field, lead)
    }
  }

  private indexOf(field: string): Map<string, Set<Lead>> {
    let index = this.indexes.get(field)
    if (!index) {
      index = new Map()
      for (const lead of this.leads.values()) this.list(index, field, lead)
      this.indexes.set(field, index)
    }
    return index
  }

  private list(index: Map<string, Set<Lead>>, field: string, lead: Lead): void {
    if (!(field in lead.fields)) return
    const key = keyOf(lead.fields[field])
    const listed = index.get(key)
    if (listed) listed.add(lead)
    else index.set(key, new Set([lead]))
  }

  private unlist(index: Map<string, Set<Lead>>, field: string, lead: Lead): void {
    const key = keyOf(lead.fields[field])
    const listed = index.get(key)
    if (listed?.delete(lead) && listed.size === 0) index.delete(key)
  }
}
