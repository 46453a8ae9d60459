import type { MarketoClient } from '../marketo/client'
import type { LeadRow } from '../marketo/leads'
import { isFailure } from '../marketo/outcome'
import { findLeads } from './find'
import type { Found } from './find'
import { sameKey } from './identity'
import type { Identity, LeadKey } from './identity'
import { LeadGroup } from './lead-group'

/**
 * Tells which events of a batch are about the same lead, and which lead in Marketo that is, with as few calls as can be:
 * all emails first, then the user IDs of events that are still open, then the anonymous IDs of the rest.
 *
 * Events are about the same lead when they share a lead ID, an email or a user ID; when they share an anonymous ID and
 * neither email nor user ID show two people; and when they were found to be the same lead in Marketo.
 * @returns the groups, each with its `leadId`, or with a `failure`, or with neither when Marketo has no such lead
 */
export async function resolveLeads(client: MarketoClient, identities: Identity[]): Promise<LeadGroup[]> {
  const batch = new Batch(client, identities)
  batch.joinLeads()
  batch.joinBy('email')
  await batch.find('email')
  batch.joinBy('userId')
  await batch.find('userId')
  // Found before joined: events without email and user ID belong to whom Marketo says the anonymous ID belongs to.
  await batch.find('anonymousId')
  batch.joinBy('anonymousId', (a, b) => !a.contradicts(b))
  return batch.settled()
}

class Batch {
  /** One for each event; `current` leads to the group that it has become a part of. */
  private readonly groups: LeadGroup[]
  private readonly ofLead = new Map<number, LeadGroup>()

  constructor(private readonly client: MarketoClient, private readonly identities: Identity[]) {
    this.groups = identities.map((identity, member) => new LeadGroup(member, identity))
  }

  /** Joins the events that give the same lead ID. */
  joinLeads(): void {
    for (const group of this.groups)
      if (group.leadId !== undefined) this.join(group.current, this.ofLead.get(group.leadId))
  }

  /** Joins each event to the latest one before it that has the same key. */
  joinBy(key: LeadKey, allowed: (a: LeadGroup, b: LeadGroup) => boolean = () => true): void {
    const latest = new Map<string, LeadGroup>()
    this.identities.forEach((identity, member) => {
      const value = identity[key]
      if (value === undefined) return
      const group = this.groups[member].current
      const other = latest.get(sameKey(key, value))?.current
      const joined = other && group.canJoin(other) && allowed(group, other) ? this.join(group, other) : group
      latest.set(sameKey(key, value), joined)
    })
  }

  /** Looks the open groups up in Marketo by one of their keys. */
  async find(key: LeadKey): Promise<void> {
    const open = this.currentGroups().filter((group) => group.isOpen())
    const found = await findLeads(this.client, key, [...new Set(open.flatMap((group) => group.known[key]))])
    for (const group of open) this.take(group, key, found)
  }

  /** Gives a group the lead of the first of its keys that has one. */
  private take(group: LeadGroup, key: LeadKey, found: Map<string, Found>): void {
    for (const value of group.known[key]) {
      const leads = found.get(value) ?? []
      if (isFailure(leads)) {
        group.failure = leads
        return
      }
      const lead = leads.find((row) => key !== 'anonymousId' || this.mayBe(group, row))
      if (lead) {
        group.isLead(lead)
        this.join(group, this.ofLead.get(lead.id)?.current)
        return
      }
    }
  }

  /** An anonymous ID is a browser's, not a person's: whoever the lead is known to be must not be somebody else. */
  private mayBe(group: LeadGroup, row: LeadRow): boolean {
    const others = this.ofLead.get(row.id)?.current
    return !group.contradictsLead(row) && !(others && group.contradicts(others))
  }

  private join(group: LeadGroup, other: LeadGroup | undefined): LeadGroup {
    const joined = other && other !== group ? group.join(other) : group
    if (joined.leadId !== undefined) this.ofLead.set(joined.leadId, joined)
    return joined
  }

  private currentGroups(): LeadGroup[] {
    return this.groups.filter((group) => group.current === group)
  }

  settled(): LeadGroup[] {
    const groups = this.currentGroups()
    for (const group of groups) group.settle(this.identities)
    return groups
  }
}
