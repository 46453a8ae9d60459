import { mapAtMost } from '../marketo/at-most'
import type { MarketoClient } from '../marketo/client'
import { associateLead, getLeads } from '../marketo/leads'
import type { LeadRow } from '../marketo/leads'
import { cookieOf, derivedToken } from '../marketo/munchkin'
import { failureOf, isFailure } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import { grouped } from './grouped'
import { sameKey } from './identity'
import type { Identity } from './identity'

/** What became of tying a visitor's token to a lead; shown in the event's outcome, which it never changes. */
export type Association = string

/** Which lead owns a token, where one does; or why that could not be told. */
export type Owners = Map<string, LeadRow | Failure>

/** Somebody who visits web pages, with the token of their cookie where they have one, and their lead where it is known. */
export interface Visitor {
  identity: Identity
  cookieToken?: string
  leadId?: number
}

/** The token of each visitor, in order: that of the cookie; else of the browser, else of the person. */
export function preferredTokens(munchkinId: string, visitors: Visitor[]): string[] {
  // One of the two is there: every visitor has a cookie or an identity.
  return visitors.map((visitor) => (browserToken(munchkinId, visitor) ?? personToken(munchkinId, visitor)) as string)
}

/** Keeps a browser's visits together from before the visitor was known. */
function browserToken(munchkinId: string, { identity: { anonymousId }, cookieToken }: Visitor): string | undefined {
  return cookieToken ?? (anonymousId && derivedToken(munchkinId, `anonymousId:${anonymousId}`))
}

function personToken(munchkinId: string, { identity: { leadId, email, userId } }: Visitor): string | undefined {
  if (userId !== undefined) return derivedToken(munchkinId, `userId:${userId}`)
  if (leadId !== undefined) return derivedToken(munchkinId, `leadId:${leadId}`)
  return email && derivedToken(munchkinId, `email:${sameKey('email', email)}`)
}

/** Tells which leads own these tokens, 300 a call. */
export async function findOwners(client: MarketoClient, tokens: string[]): Promise<Owners> {
  const owners: Owners = new Map()
  const cookies = new Map(tokens.map((token) => [cookieOf(client.munchkinId, token), token]))
  const { rows, failures } = await getLeads(
    client,
    'cookies',
    [...cookies.keys()],
    ['id', 'email', 'userId', 'cookies']
  )
  for (const [cookie, token] of cookies) {
    const failure = failures.get(cookie)
    if (failure) owners.set(token, failure)
  }
  for (const row of rows) for (const token of (row.cookies ?? '').split(/[,;\s]/)) owners.set(token, row)
  return owners
}

/**
 * Keeps the visits of people apart who share a browser: its token belongs to the lead that owns it, else to the first of
 * the visitors that has a lead. The others get a token of their own; its owners are added to the known ones.
 * @returns the token of each visitor, in order
 */
export async function settleTokens(client: MarketoClient, visitors: Visitor[], owners: Owners): Promise<string[]> {
  const tokens = preferredTokens(client.munchkinId, visitors)
  const claims = new Map<string, number>()
  visitors.forEach(({ leadId }, i) => {
    const owner = owners.get(tokens[i])
    const claimant = owner && !isFailure(owner) && (owner.email || owner.userId) ? owner.id : leadId
    if (claimant !== undefined && !claims.has(tokens[i])) claims.set(tokens[i], claimant)
  })
  const own: string[] = []
  visitors.forEach((visitor, i) => {
    const claimant = claims.get(tokens[i])
    const token = personToken(client.munchkinId, visitor)
    if (claimant === visitor.leadId || !token || token === tokens[i]) return
    tokens[i] = token
    own.push(token)
  })
  for (const [token, owner] of await findOwners(client, own)) owners.set(token, owner)
  return tokens
}

/**
 * Whether the lead that owns an event's token is the event's own, so that it need not be looked up: it has the strongest
 * key of the event; or the event has no more than a browser's ID, and then belongs to whom the browser does.
 */
export function isOwn(owner: LeadRow, { leadId, email, userId }: Identity): boolean {
  if (leadId !== undefined) return owner.id === leadId
  if (email !== undefined) return sameKey('email', email) === sameKey('email', owner.email ?? '')
  return userId === undefined || userId === `${owner.userId}`
}

/** A token to be tied to a lead. */
export interface Pair {
  leadId: number
  token: string
}

/**
 * Ties tokens to leads, with a call only for those that are not tied yet.
 * @param pairs in the order of their events: the last lead of a token keeps it
 * @returns what became of each pair, in order
 */
export async function associate(client: MarketoClient, pairs: Pair[], owners: Owners): Promise<Association[]> {
  const results = new Array<Association>(pairs.length)
  const ofToken = grouped(pairs.keys(), (i) => pairs[i].token)
  await mapAtMost([...ofToken], async ([token, indices]) => {
    const owner = owners.get(token)
    let last = isFailure(owner)
      ? { leadId: undefined, result: `failed: ${owner.message}` }
      : { leadId: owner?.id, result: 'already associated' }
    for (const i of indices) {
      const { leadId } = pairs[i]
      if (leadId !== last.leadId && !isFailure(owner)) last = { leadId, result: await tie(client, leadId, token) }
      results[i] = last.result
    }
  })
  return results
}

function tie(client: MarketoClient, leadId: number, token: string): Promise<Association> {
  return associateLead(client, leadId, cookieOf(client.munchkinId, token)).then(
    () => 'associated',
    (error) => `failed: ${failureOf(error).message}`
  )
}
