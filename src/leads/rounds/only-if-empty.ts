import type { JSONLikeObject } from '@segment/actions-core'
import type { PlainValue } from '../../marketo/values/convert'
import type { LeadEvent } from '../who/event'

/** What is known of a lead's value: null if it has none, undefined if it must be looked up first. */
type Known = PlainValue | null | undefined

/**
 * In which fields leads have values after the events replayed so far: for records with fields that are written only while the lead has
 * no value. 0 and false are values.
 */
export class FilledFields<Lead> {
  private readonly written = new Map<Lead, Map<string, boolean>>()

  /** @param stored a lead's value before these events */
  constructor(private readonly stored: (lead: Lead, field: string) => Known) {}

  /** Whether a value must be looked up before it is certain what an event writes. */
  isUnknown(lead: Lead, { onlyIfEmpty = NONE }: LeadEvent): boolean {
    return [...onlyIfEmpty].some((field) => this.isFilled(lead, field) === undefined)
  }

  /** Replays an event that writes this record. @returns the fields that it leaves out, because the lead has a value */
  replay(lead: Lead, { onlyIfEmpty = NONE }: LeadEvent, record: JSONLikeObject): string[] {
    const out = [...onlyIfEmpty].filter((field) => this.isFilled(lead, field) === true)
    const written = this.written.get(lead) ?? new Map<string, boolean>()
    this.written.set(lead, written)
    for (const [field, value] of Object.entries(without(out, record))) {
      written.set(field, value !== null && value !== '')
    }
    return out
  }

  private isFilled(lead: Lead, field: string): boolean | undefined {
    const written = this.written.get(lead)?.get(field)
    if (written !== undefined) return written
    const stored = this.stored(lead, field)
    return stored === undefined ? undefined : stored !== null
  }
}

const NONE: ReadonlySet<string> = new Set()

/** A record without some of its fields. */
export function without(fields: readonly string[], record: JSONLikeObject): JSONLikeObject {
  if (fields.length === 0) return record
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)))
}

/** What an outcome says about such a field. */
export const hadValue = (field: string): string => `${field}: the lead has a value, and Only If Empty names the field.`

/** The fields of these events whose values in Marketo matter. A lead that is only ever created has none. */
export const fieldsToRead = (events: readonly LeadEvent[]): string[] => [
  ...new Set(events.flatMap(({ onlyIfEmpty = NONE, mode }) => (mode === 'add' ? [] : [...onlyIfEmpty])))
]
