import { mapAtMost } from '../../marketo/transport/at-most'
import type { MarketoClient } from '../../marketo/transport/client'
import { CALL_LIMITS } from '../../marketo/transport/errors'
import { associateLead } from '../../marketo/areas/leads'
import { ASSOCIATIONS_PER_BATCH } from '../../marketo/transport/limits'
import { cookieOf } from '../../marketo/areas/munchkin'
import { failureOf, isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Failure } from '../../marketo/transport/outcome'
import { groupBy } from '../group-by'
import type { TokenState } from './visitor-tokens'

/** The result of associating a visitor with a lead. The event's outcome shows it, but never depends on it. */
export type WebActivity = string

const ASSOCIATED = 'associated'
export const ALREADY_ASSOCIATED = 'already associated'
export const NOT_YET = 'not yet associated: with a later visit'

/** A visitor's token and lead, and the result of associating them. */
export interface Association {
  token: string
  leadId: number
  /** Whether the token is already associated with the lead or must be, or why that is unknown. */
  tokenState?: TokenState | Failure
  webActivity?: WebActivity
}

/** Whether a later visit may associate the visitor: Marketo was not asked, or may answer later. */
export const isOpen = ({ tokenState, webActivity }: Pick<Association, 'tokenState' | 'webActivity'>): boolean =>
  webActivity === NOT_YET || (isFailure(tokenState) && isRetried(tokenState))

/**
 * The Associate Lead calls of one batch. Each is for one visitor, so their number is limited. They stop once Marketo
 * throttles one, or the time is up. A later visit of the same visitor tries again.
 */
export class Associations {
  private left = ASSOCIATIONS_PER_BATCH
  /** By token and lead. */
  private readonly latest = new Map<string, WebActivity>()

  constructor(private readonly client: MarketoClient) {}

  /**
   * Associates tokens with their leads. If several leads want one token, they go in turn, and the last one keeps it.
   * @param client if the calls are to be made by another one
   */
  async make(associations: Association[], client = this.client): Promise<void> {
    const byToken = groupBy(associations, ({ token }) => token)
    await mapAtMost([...byToken.values()], async (ofToken) => {
      for (const association of ofToken) association.webActivity = await this.settle(client, association)
    })
  }

  private async settle(client: MarketoClient, association: Association): Promise<WebActivity> {
    const { token, leadId, tokenState } = association
    if (isFailure(tokenState)) return `failed: ${tokenState.message}`
    const pair = `${token} ${leadId}`
    if (tokenState?.isOwn) {
      const latest = this.latest.get(pair) ?? ASSOCIATED
      return latest === ASSOCIATED ? ALREADY_ASSOCIATED : latest
    }
    const webActivity = await this.associate(client, association)
    this.latest.set(pair, webActivity)
    return webActivity
  }

  private async associate(client: MarketoClient, association: Association): Promise<WebActivity> {
    if (this.left === 0 || client.deadline.isOver()) return NOT_YET
    this.left -= 1
    try {
      await associateLead(client, association.leadId, cookieOf(client.munchkinId, association.token))
      return ASSOCIATED
    } catch (error) {
      const failure = failureOf(error)
      const { code = '', message, isUnsent } = failure
      if (isRetried(failure)) association.tokenState = failure
      return CALL_LIMITS.includes(code) || isUnsent ? NOT_YET : `failed: ${message}`
    }
  }
}

/** Whether the lead owns the token now. */
export const isAssociated = ({ webActivity }: Association): boolean =>
  webActivity === ASSOCIATED || webActivity === ALREADY_ASSOCIATED
