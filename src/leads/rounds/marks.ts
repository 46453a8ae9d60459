import type { Hold, Lead } from '../finding/lead-index'

export function stronger(one: Hold | undefined, other: Hold | undefined): Hold | undefined {
  return one === 'retry' ? one : other ?? one
}

/** Which searches depend on what Marketo has not confirmed yet. */
export class Marks {
  /** By search: the leads that it may find, or no longer find, and what later events that search so wait for. */
  private readonly changed = new Map<string, { leads: Lead[]; hold?: Hold }>()
  /** By search: for whose lead its result counts. */
  private readonly used = new Map<string, { lead: Lead; isForSeveral: boolean; hold: Hold }>()

  /** Marks searches that find a lead or not, or find it as the most recent one, depending on Marketo's answer. */
  change(lead: Lead, names: Iterable<string>): void {
    for (const name of names) {
      const entry = this.changed.get(name)
      if (!entry) this.changed.set(name, { leads: [lead] })
      else if (entry.leads[entry.leads.length - 1] !== lead) entry.leads.push(lead)
    }
  }

  /** Marks searches whose results count for an event that may be handled again. */
  use(lead: Lead, names: Iterable<string>, hold: Hold): void {
    for (const name of names) {
      const entry = this.used.get(name)
      if (!entry) this.used.set(name, { lead, isForSeveral: false, hold })
      else {
        entry.isForSeveral ||= entry.lead !== lead
        if (hold === 'retry') entry.hold = hold
      }
    }
  }

  /**
   * What an event waits for, because one of the searches that it uses may find another lead than its own, or because its
   * change may affect what an earlier event about another lead finds.
   * @param changed the searches that find its lead before or after its change; none if it changes nothing
   */
  reasonToWait(lead: Lead, used: readonly string[], changed: readonly string[]): Hold | undefined {
    let hold: Hold | undefined
    for (const name of used) hold = stronger(hold, this.changedByOthers(lead, name))
    for (const name of changed) {
      const entry = this.used.get(name)
      if (entry && (entry.isForSeveral || entry.lead !== lead)) hold = stronger(hold, entry.hold)
    }
    return hold
  }

  /** Whether a search may find another lead than this one. */
  isChangedByOther(lead: Lead, name: string): boolean {
    const entry = this.changed.get(name)
    return entry !== undefined && (entry.hold !== undefined || entry.leads.some((other) => other !== lead))
  }

  /** No later event changes the leads that an event waits for in this round. */
  private changedByOthers(lead: Lead, name: string): Hold | undefined {
    const entry = this.changed.get(name)
    if (!entry) return undefined
    const others = entry.leads.filter((other) => other !== lead)
    for (const other of others) {
      other.hold ??= 'round'
      entry.hold = stronger(entry.hold, other.hold)
    }
    if (others.length > 0) entry.leads = entry.leads.filter((other) => other === lead)
    return entry.hold
  }
}
