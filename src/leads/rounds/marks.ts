import type { Hold, Lead } from '../finding/lead-index'

export function stronger(one: Hold | undefined, other: Hold | undefined): Hold | undefined {
  return one === 'retry' ? one : other ?? one
}

/** What may change the result of a search. */
interface Changes {
  /** The leads that it may find, or no longer find, with the number of the latest event about that. */
  readonly leads: Map<Lead, number>
  /** What later events that search so wait for, and the latest event among those that are waited for. */
  hold?: Hold
  held: number
}

/** Which searches depend on what Marketo has not confirmed yet. */
export class Marks {
  private readonly changed = new Map<string, Changes>()
  /** By search: for whose lead its result counts. */
  private readonly used = new Map<string, { lead: Lead; isForSeveral: boolean; hold: Hold }>()

  /**
   * Marks searches that find a lead or not, or find it as the most recent one, depending on Marketo's answer.
   * @param event the number of the event that changes the lead
   */
  change(lead: Lead, names: Iterable<string>, event: number): void {
    for (const name of names) {
      const entry = this.changed.get(name) ?? { leads: new Map<Lead, number>(), held: 0 }
      this.changed.set(name, entry)
      entry.leads.set(lead, Math.max(event, entry.leads.get(lead) ?? 0))
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
   * @param latest the event that surely made its lead the most recent one that a search finds. Changes by earlier events don't
   *   matter to that search
   */
  reasonToWait(
    lead: Lead,
    used: readonly string[],
    changed: readonly string[],
    latest?: { name: string; event: number }
  ): Hold | undefined {
    let hold: Hold | undefined
    for (const name of used) {
      hold = stronger(hold, this.changedByOthers(lead, name, latest?.name === name ? latest.event : 0))
    }
    for (const name of changed) {
      const entry = this.used.get(name)
      if (entry && (entry.isForSeveral || entry.lead !== lead)) hold = stronger(hold, entry.hold)
    }
    return hold
  }

  /** Whether a search may find another lead than this one. */
  isChangedByOther(lead: Lead, name: string): boolean {
    const entry = this.changed.get(name)
    return entry !== undefined && (entry.hold !== undefined || entry.leads.size > Number(entry.leads.has(lead)))
  }

  /** No later event changes the leads that an event waits for in this round. */
  private changedByOthers(lead: Lead, name: string, since: number): Hold | undefined {
    const entry = this.changed.get(name)
    if (!entry) return undefined
    for (const [other, event] of entry.leads) {
      if (other === lead || event <= since) continue
      other.hold ??= 'round'
      entry.hold = stronger(entry.hold, other.hold)
      entry.held = Math.max(entry.held, event)
      entry.leads.delete(other)
    }
    return entry.held > since ? entry.hold : undefined
  }
}
