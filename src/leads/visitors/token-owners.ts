import type { MarketoClient } from '../../marketo/transport/client'
import { getLeads } from '../../marketo/areas/leads'
import type { LeadRow } from '../../marketo/areas/leads'
import { cookieOf } from '../../marketo/areas/munchkin'
import type { Failure } from '../../marketo/transport/outcome'
import type { Identity, Keys } from '../who/keys'
import { valueIn } from '../finding/search'
import { isSameValue } from '../who/keys'

/** The lead that a visitor's token is associated with. Its email and user ID are unknown if it was never looked up. */
export interface Owner {
  leadId: number
  keys?: Pick<Keys, 'email' | 'userId'>
}

/** Looks up who owns tokens in Marketo, 300 tokens per call. */
export class TokenOwners {
  private readonly owners = new Map<string, Owner | Failure | 'nobody'>()
  private readonly leads = new Map<number, Owner | Failure | 'gone'>()
  readonly missingTokens = new Set<string>()
  readonly missingLeads = new Set<number>()

  constructor(private readonly client: MarketoClient) {}

  /** @returns undefined if it was not looked up; then it is recorded as missing */
  ownerOrMissing(token: string): Owner | Failure | 'nobody' | undefined {
    const owner = this.owners.get(token)
    if (owner === undefined) this.missingTokens.add(token)
    return owner
  }

  /** @returns undefined if it was not looked up; then it is recorded as missing */
  leadOrMissing(leadId: number): Owner | Failure | 'gone' | undefined {
    const lead = this.leads.get(leadId)
    if (lead === undefined) this.missingLeads.add(leadId)
    return lead
  }

  /** Whether Marketo has said that there is no lead with this ID. */
  isGone(leadId: number): boolean {
    return this.leads.get(leadId) === 'gone'
  }

  hasMissing(): boolean {
    return this.missingTokens.size + this.missingLeads.size > 0
  }

  /** Looks up everything that was recorded as missing. */
  async load(): Promise<void> {
    const cookies = new Map([...this.missingTokens].map((token) => [cookieOf(this.client.munchkinId, token), token]))
    const ids = [...this.missingLeads]
    this.missingTokens.clear()
    this.missingLeads.clear()
    const [found, named] = await Promise.all([
      getLeads(this.client, 'cookies', [...cookies.keys()], ['id', 'email', 'userId', 'cookies']),
      getLeads(this.client, 'id', ids.map(String), ['id', 'email', 'userId'])
    ])
    for (const [cookie, token] of cookies) this.owners.set(token, found.failures.get(cookie) ?? 'nobody')
    for (const row of found.rows) {
      for (const token of String(row.cookies ?? '').split(/[,;\s]/)) this.owners.set(token, ownerOf(row))
    }
    for (const id of ids) this.leads.set(id, named.failures.get(String(id)) ?? 'gone')
    for (const row of named.rows) this.leads.set(row.id, ownerOf(row))
  }
}

function ownerOf(row: LeadRow): Owner {
  return { leadId: row.id, keys: { email: valueIn(row, 'email'), userId: valueIn(row, 'userId') } }
}

/**
 * Whether an owner is the visitor, so that their lead needs no look-up: it has every identifier of the event, or the event
 * has only a browser's ID, which belongs to the owner.
 */
export function isVisitor({ leadId, keys }: Owner, identity: Identity): boolean {
  if (identity.leadId !== undefined) return identity.leadId === leadId
  const { email, userId } = identity
  return (
    (email === undefined || isSameValue(email, keys?.email)) &&
    (userId === undefined || isSameValue(userId, keys?.userId))
  )
}
