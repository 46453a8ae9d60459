import { randomUUID } from 'node:crypto'
import type { ObjectType } from './custom-object-types'
import { ApiError } from './errors'
import type { ObjectRecord } from './shapes'

export type ObjectValues = Record<string, string | number | boolean | null>

/** The records of all custom objects of an instance. */
export class CustomObjects {
  /** By type, then by their dedupe fields. */
  private readonly records = new Map<string, Map<string, ObjectRecord>>()

  /** @param types what a marketer has set up */
  constructor(private readonly objectTypes: ObjectType[], private readonly now: () => number) {}

  types(): readonly ObjectType[] {
    return this.objectTypes
  }

  /** Takes a type as another Marketo has it. */
  adoptType(type: ObjectType): void {
    this.objectTypes.push(type)
  }

  /** Takes a record that was there all along. */
  adopt(type: ObjectType, record: ObjectRecord): void {
    this.ofType(type).set(keyOf(type, record.fields), record)
  }

  type(name: string): ObjectType {
    const type = this.objectTypes.find((candidate) => candidate.name === name)
    if (!type) throw new ApiError('1013')
    return type
  }

  /** The record with the same dedupe fields. */
  find(type: ObjectType, values: Record<string, unknown>): ObjectRecord | undefined {
    return this.ofType(type).get(keyOf(type, values))
  }

  findByGuid(type: ObjectType, guid: unknown): ObjectRecord | undefined {
    return [...this.ofType(type).values()].find(({ marketoGUID }) => marketoGUID === guid)
  }

  /** @param leadId the lead that it belongs to; null for none; undefined for no change */
  write(
    type: ObjectType,
    former: ObjectRecord | undefined,
    values: ObjectValues,
    leadId?: number | null
  ): ObjectRecord {
    const now = new Date(this.now()).toISOString()
    const record = former ?? {
      objectName: type.name,
      marketoGUID: randomUUID(),
      leadId: null,
      createdAt: now,
      updatedAt: now,
      fields: {}
    }
    const set = Object.entries({ ...record.fields, ...values }).filter(([, value]) => value !== null)
    const formerKey = former && keyOf(type, former.fields)
    record.fields = Object.fromEntries(set) as ObjectRecord['fields']
    record.updatedAt = now
    if (leadId !== undefined) record.leadId = leadId
    const key = keyOf(type, record.fields)
    if (formerKey !== undefined && formerKey !== key) this.ofType(type).delete(formerKey)
    this.ofType(type).set(key, record)
    return record
  }

  delete(type: ObjectType, record: ObjectRecord): void {
    this.ofType(type).delete(keyOf(type, record.fields))
  }

  /** Moves one lead's records to another. */
  /** Leaves the records of a lead that disappears without a lead. */
  leave(leadId: number): void {
    for (const record of this.all()) if (record.leadId === leadId) record.leadId = null
  }

  forget(leadId: number): void {
    for (const record of this.all()) if (record.leadId === leadId) record.leadId = null
  }

  state(): ObjectRecord[] {
    return this.all().map((record) => ({ ...record, fields: { ...record.fields } }))
  }

  private all(): ObjectRecord[] {
    return [...this.records.values()].flatMap((records) => [...records.values()])
  }

  private ofType({ name }: ObjectType): Map<string, ObjectRecord> {
    const records = this.records.get(name) ?? new Map<string, ObjectRecord>()
    this.records.set(name, records)
    return records
  }
}

/** The key of a record. */
export const keyOf = ({ dedupeFields }: ObjectType, values: Record<string, unknown>) =>
  JSON.stringify(dedupeFields.map((name) => values[name]))
