import { mapAtMost } from '../marketo/at-most'
import type { MarketoClient } from '../marketo/client'
import { associateLead, getLeads } from '../marketo/leads'
import type { LeadRow } from '../marketo/leads'
import { cookieOf, derivedToken } from '../marketo/munchkin'
import { failureOf, isFailure } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import { sameKey } from './identity'
import type { Identity } from './identity'

/** What became of tying a visitor's token to a lead; shown in the event's outcome, which it never changes. */
export type Association = string

/** Which lead owns a token, where one does; or why that could not be told. */
export type Owners = Map<string, LeadRow | Failure>

/** Somebody who visits web pages, with the token of their cookie where they have one. */
export interface Visitor {
  identity: Identity
  cookieToken?: string
}

/**
 * The tokens that may stand for a visitor, the preferred one first: the cookie's; else that of the browser, which keeps
 * visits together from before the visitor was known; then that of the person, for a browser that several people use.
 */
function tokensOf(munchkinId: string, { identity, cookieToken }: Visitor): string[] {
  if (cookieToken) return [cookieToken]
  const { leadId, email, userId, anonymousId } = identity
  const person = [
    userId && `userId:${userId}`,
    leadId && `leadId:${leadId}`,
    email && `email:${sameKey('email', email)}`
  ].find((identifier) => identifier)
  return [anonymousId && `anonymousId:${anonymousId}`, person]
    .filter((identifier): identifier is string => !!identifier)
    .map((identifier) => derivedToken(munchkinId, identifier))
}

/** The token of each visitor, in order, without asking Marketo. */
export function preferredTokens(munchkinId: string, visitors: Visitor[]): string[] {
  return visitors.map((visitor) => tokensOf(munchkinId, visitor)[0])
}

/**
 * The token of each visitor, in order, and which leads own them: with one call for 300 tokens, and another one only for
 * visitors whose browser belongs to somebody else in Marketo. Their visits must not land on that lead.
 */
export async function chooseTokens(
  client: MarketoClient,
  visitors: Visitor[]
): Promise<{ tokens: string[]; owners: Owners }> {
  const tokens = preferredTokens(client.munchkinId, visitors)
  const owners = await findOwners(client, tokens)
  const others: string[] = []
  visitors.forEach((visitor, i) => {
    const owner = owners.get(tokens[i])
    const [, ofPerson] = tokensOf(client.munchkinId, visitor)
    if (ofPerson && owner && !isFailure(owner) && isSomebodyElse(owner, visitor.identity)) {
      tokens[i] = ofPerson
      others.push(ofPerson)
    }
  })
  for (const [token, owner] of await findOwners(client, others)) owners.set(token, owner)
  return { tokens, owners }
}

/** Tells which leads own these tokens, 300 a call. */
async function findOwners(client: MarketoClient, tokens: string[]): Promise<Owners> {
  if (tokens.length === 0) return new Map()
  const cookies = [...new Set(tokens)].map((token) => cookieOf(client.munchkinId, token))
  const fields = ['id', 'email', 'userId', 'cookies']
  const { rows, failures } = await getLeads(client, 'cookies', cookies, fields)
  const owners: Owners = new Map()
  for (const token of tokens) {
    const failure = failures.get(cookieOf(client.munchkinId, token))
    if (failure) owners.set(token, failure)
  }
  for (const row of rows) for (const token of (row.cookies ?? '').split(/[,;\s]+/)) owners.set(token, row)
  return owners
}

/**
 * Whether the lead that owns an event's token is the event's own, so that it need not be looked up: it has the strongest
 * key of the event; or the event has no more than a browser's ID, and then belongs to whom the browser does.
 */
export function isOwn(owner: LeadRow, { leadId, email, userId }: Identity): boolean {
  if (leadId !== undefined) return owner.id === leadId
  if (email !== undefined) return sameKey('email', email) === sameKey('email', owner.email ?? '')
  return userId === undefined || userId === owner.userId
}

/** Whether the lead that owns an event's token is known to be somebody else: then the browser has several users. */
function isSomebodyElse(owner: LeadRow, { leadId, email, userId }: Identity): boolean {
  if (leadId !== undefined) return owner.id !== leadId
  const otherEmail = email !== undefined && owner.email && !isOwn(owner, { email })
  return !!otherEmail || (userId !== undefined && !!owner.userId && userId !== owner.userId)
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
  const ofToken = new Map<string, number[]>()
  pairs.forEach(({ token }, i) => {
    const indices = ofToken.get(token)
    if (indices) indices.push(i)
    else ofToken.set(token, [i])
  })
  const results = new Array<Association>(pairs.length)
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
