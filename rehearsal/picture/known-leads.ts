import { inChunks } from '../../src/marketo/calls/chunks'
import { RECORDS_PER_CALL } from '../../src/marketo/transport/limits'
import type { Marketo } from '../../sandbox/state/marketo'
import type { FieldValues } from '../../sandbox/state/leads'
import { Refused, type Asker, type Row } from '../wire/asker'
import type { LeadFields } from './lead-fields'
import type { Partitions } from './partitions'

/** New leads get IDs from here on: still 32 bits, and far above what Marketo has given. They are never sent to Marketo. */
const FIRST_NEW_ID = 2_100_000_001
export const isNewLead = (id: number): boolean => id >= FIRST_NEW_ID

const A_DAY_MS = 86_400_000
const LEADS = '/rest/v1/leads.json'

/** Search ignores upper and lower case. A visitor's token may come with its instance. */
const keyOf = (value: string): string => value.toLowerCase().replace(/^id:[^&]*&token:/, '')

/**
 * The leads that were read so far. What is written here lies over what was read: a value that is known is never replaced by one
 * that is read later.
 */
export class KnownLeads {
  /** The fields of each lead that are known, with or without a value. */
  private readonly known = new Map<number, Set<string>>()
  /** Marketo has no such leads, or they were merged into others here. */
  private readonly gone = new Set<number>()
  /** By field, then by value: the read that asks for the leads with it. */
  private readonly asked = new Map<string, Map<string, Promise<void>>>()
  /** Every look-up asks for these: the fields that somebody wanted or wrote before. */
  private readonly watched = new Set(['id', 'updatedAt'])
  /** The leads of Marketo that a lead has taken in here. */
  private readonly takenIn = new Map<number, number[]>()

  constructor(
    private readonly marketo: Marketo,
    private readonly fields: LeadFields,
    private readonly partitions: Partitions
  ) {
    // Whatever is written here is later than whatever was read, even if the clocks differ.
    marketo.leads.startAt({ id: FIRST_NEW_ID, at: marketo.now() + A_DAY_MS })
  }

  /** Look-ups ask for these fields from now on. */
  watch(names: readonly string[]): void {
    for (const name of names) if (this.fields.has(name)) this.watched.add(name)
  }

  /** Makes the leads known that have one of these values. @throws Refused */
  async byValues(ask: Asker, filter: string, values: readonly string[]): Promise<void> {
    const asked = this.asked.get(filter) ?? new Map<string, Promise<void>>()
    this.asked.set(filter, asked)
    const open = new Map(values.map((value) => [keyOf(value), value]))
    for (const key of asked.keys()) open.delete(key)
    for (const chunk of inChunks([...open], RECORDS_PER_CALL)) {
      const reading = this.read(
        ask,
        filter,
        chunk.map(([, value]) => value)
      )
      for (const [key] of chunk) asked.set(key, reading)
      reading.catch(() => chunk.forEach(([key]) => asked.delete(key)))
    }
    await Promise.all(values.map((value) => asked.get(keyOf(value)) ?? Promise.resolve()))
  }

  /**
   * The same for a write, which Marketo carries out for values that it would not look up.
   * @returns the values that more leads have than Marketo shows
   */
  async forWrite(ask: Asker, filter: string, values: readonly string[]): Promise<string[]> {
    try {
      await this.byValues(ask, filter, values)
      return []
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== '1003') throw error
      if (values.length <= 1) return [...values]
      const half = Math.ceil(values.length / 2)
      const first = await this.forWrite(ask, filter, values.slice(0, half))
      return [...first, ...(await this.forWrite(ask, filter, values.slice(half)))]
    }
  }

  /** Makes leads known by their IDs, with the values of these fields. Leads that are gone stay unknown. @throws Refused */
  async byIds(ask: Asker, ids: readonly number[], names: readonly string[]): Promise<void> {
    const needed = names.filter((name) => this.fields.has(name))
    const isOpen = (id: number) => {
      const known = this.known.get(id)
      return !isNewLead(id) && !this.gone.has(id) && !(known && needed.every((name) => known.has(name)))
    }
    const open = [...new Set(ids)].filter((id) => Number.isSafeInteger(id) && id > 0 && isOpen(id))
    const readings = inChunks(open, RECORDS_PER_CALL).map((chunk) => this.read(ask, 'id', chunk.map(String), needed))
    await Promise.all(readings)
    for (const id of open) if (!this.known.has(id)) this.gone.add(id)
  }

  /** One lead takes others in, for good: what Marketo says about them later is about it. */
  take(winner: number, losers: readonly number[]): void {
    for (const loser of losers) this.gone.add(loser)
    const all = losers.flatMap((loser) => [...(isNewLead(loser) ? [] : [loser]), ...(this.takenIn.get(loser) ?? [])])
    this.takenIn.set(winner, [...(this.takenIn.get(winner) ?? []), ...all])
  }

  /** The leads in Marketo that make up a lead: none for a new one. */
  inMarketo(id: number): number[] {
    return [...(isNewLead(id) ? [] : [id]), ...(this.takenIn.get(id) ?? [])]
  }

  private async read(ask: Asker, filter: string, values: string[], names: readonly string[] = []): Promise<void> {
    const fields = [...new Set([...this.watched, filter, ...names])]
    const rows = await ask.rows(LEADS, {
      ...{ filterType: filter, filterValues: values.join(','), fields: fields.join(',') }
    })
    for (const row of rows) this.layUnder(row, fields)
  }

  /** Lays what was read about a lead under what is known about it. */
  private layUnder(row: Row, names: readonly string[]): void {
    const { leads, tracking, partitions } = this.marketo
    const id = Number(row.id)
    if (this.gone.has(id)) return
    const known = this.known.get(id) ?? new Set<string>()
    this.known.set(id, known)
    const lead =
      leads.get(id) ??
      leads.adopt({
        ...{ id, createdAt: timeIn(row.createdAt), updatedAt: timeIn(row.updatedAt) },
        ...{ partition: partitions[0], fields: {}, cookies: [] }
      })
    const values: FieldValues = {}
    for (const name of names) {
      if (known.has(name)) continue
      known.add(name)
      const value = row[name]
      if (value === undefined || value === null) continue
      if (name === 'leadPartitionId') lead.partition = this.partitions.nameOf(value)
      else if (name === 'cookies') {
        for (const token of tokensIn(value)) if (!leads.owner(token)) tracking.give(token, lead)
      } else if (!KEPT_BY_MARKETO.has(name)) values[name] = value as string
    }
    leads.fill(lead, values)
  }
}

const KEPT_BY_MARKETO: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt'])

const tokensIn = (cookies: unknown): string[] =>
  String(cookies)
    .split(/[,;\s]+/)
    .filter(Boolean)

/** Marketo writes seconds, the sandbox milliseconds. Both compare as text once they look the same. */
function timeIn(value: unknown): string {
  const time = Date.parse(String(value))
  return new Date(Number.isNaN(time) ? 0 : time).toISOString()
}
