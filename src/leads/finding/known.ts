import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../../marketo/transport/client'
import { isPlain } from '../../marketo/values/convert'
import type { PlainValue } from '../../marketo/values/convert'
import { describeLeads, hasTooManyMatches } from '../../marketo/areas/leads'
import { FIELD_MISSING } from '../../marketo/transport/errors'
import { failureOf, isFailure } from '../../marketo/transport/outcome'
import type { Failure } from '../../marketo/transport/outcome'
import type { Identity, Keys } from '../who/keys'
import { LEAD_KEYS, valueKey, valueKeysOf } from '../who/keys'
import { keysOfRow, searchLeads, valueIn } from './search'
import type { Answer, SearchKey } from './search'

/** Strongest first: if a stronger key finds a lead, the weaker one may need no look-up. */
const SEARCH_KEYS: readonly SearchKey[] = ['id', ...LEAD_KEYS]

/** A lead in Marketo, as far as it was looked up or written. */
export interface StoredLead {
  readonly id: number
  readonly keys: Keys
  /** Milliseconds since 1970, before this batch. */
  readonly updatedAt: number
  /** The number of the latest event of this batch that is written to it, counted from 1; 0 if there is none. */
  readonly written: number
  /** Its values of the other fields that the batch asks for. Null if it has no value; absent if it was not asked for. */
  readonly values: ReadonlyMap<string, PlainValue | null>
}

/** What a batch knows about Marketo's leads, from look-ups and from its own writes. */
export class KnownLeads {
  readonly leads = new Map<number, StoredLead>()
  /** By {@link valueKey}: each value that was looked up, successfully or not. */
  readonly answers = new Map<string, Failure | 'answered'>()
  private readonly asked = new Set<SearchKey>()
  private readonly keyFields: readonly string[]
  /** The other fields to ask for, without those that the instance lacks. */
  private readonly asking: Set<string>
  /** Why the other fields can't be read, if Marketo refuses to name them. */
  unreadable?: Failure
  private readonly mergedInto = new Map<number, number>()
  /** By {@link valueKey}: the emails that more leads have than Marketo shows. */
  readonly commonEmails = new Set<string>()

  /** @param otherFields whose values each look-up requests besides the keys */
  constructor(
    private readonly client: MarketoClient,
    private readonly identities: readonly Identity[],
    private readonly otherFields: readonly string[] = []
  ) {
    const anonymous = identities.some(({ anonymousId }) => anonymousId !== undefined)
    this.keyFields = ['id', 'email', 'userId', ...(anonymous ? ['anonymousId'] : []), 'updatedAt']
    this.asking = new Set(otherFields)
  }

  /** @param id none for a lead that is not in Marketo yet */
  lead(id: number | undefined): StoredLead | undefined {
    return id === undefined ? undefined : this.leads.get(id)
  }

  answerFor(key: SearchKey, value: string): Failure | 'answered' | undefined {
    return this.answers.get(valueKey(key, value))
  }

  /**
   * Looks up the strongest key with missing values. The second look-up of a key takes all its values in the batch, so
   * that no third one is needed.
   */
  async load(missing: Missing): Promise<void> {
    const key = SEARCH_KEYS.find((candidate) => missing.has(candidate)) ?? [...missing.keys()][0]
    const wanted = key && missing.get(key)
    if (!key || !wanted) return
    const values = new Map(wanted)
    const leadKey = LEAD_KEYS.find((candidate) => candidate === key)
    if (leadKey && this.asked.has(key)) {
      for (const identity of this.identities) {
        const value = identity[leadKey]
        if (value !== undefined && this.answerFor(key, value) === undefined) values.set(valueKey(key, value), value)
      }
    }
    await this.ask(key, values)
  }

  /**
   * Records what this batch has written.
   * @param event the number of the latest event in the record
   */
  wrote(id: number, keys: Keys, record: JSONLikeObject, event: number): void {
    const lead = this.leads.get(id)
    this.leads.set(id, {
      id,
      keys: { ...lead?.keys, ...keys },
      updatedAt: lead?.updatedAt ?? 0,
      written: Math.max(lead?.written ?? 0, event),
      values: new Map([...(lead?.values ?? []), ...this.valuesIn({ ...record, ...keys })])
    })
  }

  /** Forgets a lead that is gone or has a rival, and all values by which it or its event would be found. */
  forget(id: number | undefined, identity: Identity): void {
    const lead = this.lead(id)
    for (const value of [...valueKeysOf(identity), ...valueKeysOf({ ...lead?.keys })]) this.answers.delete(value)
    if (lead) this.leads.delete(lead.id)
  }

  /** Records that this batch has merged leads into another one, which keeps its own keys and gets those that it lacks. */
  merged(id: number, keys: Keys, losers: readonly number[]): void {
    const lead = this.leads.get(id)
    // Fields that the lead lacked may have the others' values now.
    this.leads.set(id, { updatedAt: 0, written: 0, ...lead, id, keys: { ...keys, ...lead?.keys }, values: new Map() })
    this.answers.delete(valueKey('id', String(id)))
    for (const loser of losers) {
      this.leads.delete(loser)
      this.mergedInto.set(loser, id)
    }
  }

  /** The lead that a lead of this batch has become part of. The same, if it was not merged. */
  current(id: number): number {
    const next = this.mergedInto.get(id)
    return next === undefined ? id : this.current(next)
  }

  private valuesIn(record: Record<string, unknown>): [string, PlainValue | null][] {
    return this.otherFields.filter((field) => field in record).map((field) => [field, plainIn(record[field])])
  }

  /** Searches, without the fields that Marketo refuses to name: it then answers nobody. */
  private async search(key: SearchKey, values: string[]): Promise<Answer> {
    const answer = await searchLeads(this.client, key, values, [...new Set([...this.keyFields, key, ...this.asking])])
    const refused = [...answer.failures.values()].find(({ code }) => code === FIELD_MISSING)
    if (!refused || this.asking.size === 0) return answer
    await this.askForLess(refused)
    return this.search(key, values)
  }

  private async askForLess(refused: Failure): Promise<void> {
    const described = await describeLeads(this.client).catch(failureOf)
    const lacking = isFailure(described)
      ? []
      : [...this.asking].filter((field) => !described.fields.some(({ name }) => name === field))
    if (lacking.length === 0) {
      this.unreadable = isFailure(described) ? described : refused
      this.asking.clear()
    }
    for (const field of lacking) this.asking.delete(field)
  }

  private async ask(key: SearchKey, values: Values): Promise<void> {
    const { rows, failures } = await this.search(key, [...values.values()])
    for (const [ofValue, value] of values) {
      const failure = failures.get(value)
      this.answers.set(ofValue, failure ?? 'answered')
      if (key === 'email' && failure && hasTooManyMatches(failure)) this.commonEmails.add(ofValue)
    }
    this.asked.add(key)
    for (const row of rows) {
      // Marketo may return leads that were not requested. They are ignored.
      if (key !== 'id' && !values.has(valueKey(key, valueIn(row, key) ?? ''))) continue
      // Looking up a value with a comma is a write, so the first answer has the time of the last real update.
      const { updatedAt, written } = this.leads.get(row.id) ?? {
        updatedAt: Date.parse(row.updatedAt ?? '') || 0,
        written: 0
      }
      const known = this.unreadable ? [] : this.otherFields.map((field) => [field, plainIn(row[field])] as const)
      this.leads.set(row.id, { id: row.id, keys: keysOfRow(row), updatedAt, written, values: new Map(known) })
    }
  }
}

function plainIn(value: unknown): PlainValue | null {
  return isPlain(value) && value !== '' ? value : null
}

/** Values as the events have them, by {@link valueKey}. */
type Values = ReadonlyMap<string, string>

/** Values that must be looked up to know which lead an event is about. */
export type Missing = ReadonlyMap<SearchKey, Values>

/** Collects what must be looked up. */
export class MissingValues extends Map<SearchKey, Map<string, string>> {
  note(key: SearchKey, value: string, ofValue = valueKey(key, value)): void {
    this.set(key, (this.get(key) ?? new Map<string, string>()).set(ofValue, value))
  }
}

/** The values that every replay needs: all emails, and the IDs of leads that get a key of another event. */
export function firstLookUps(events: readonly { identity: Identity; record?: object }[]): Missing {
  const missing = new MissingValues()
  const hasLeadIds = events.some(({ identity }) => identity.leadId !== undefined)
  const holders = new Map<string, number | 'several'>()
  for (const { identity } of events) {
    if (identity.email !== undefined && identity.leadId === undefined) missing.note('email', identity.email)
    for (const key of hasLeadIds ? LEAD_KEYS : []) {
      const value = identity[key]
      if (value === undefined) continue
      const held = valueKey(key, value)
      const holder = identity.leadId ?? 'several'
      holders.set(held, (holders.get(held) ?? holder) === holder ? holder : 'several')
    }
  }
  for (const { identity, record } of events) {
    if (identity.leadId === undefined || !record) continue
    const isShared = LEAD_KEYS.some((key) => {
      const value = identity[key]
      return value !== undefined && holders.get(valueKey(key, value)) === 'several'
    })
    if (isShared) missing.note('id', String(identity.leadId))
  }
  return missing
}
