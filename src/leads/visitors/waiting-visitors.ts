import type { MarketoClient } from '../../marketo/transport/client'
import {
  ASK_AGAIN_MS,
  ASKS_AT_ONCE,
  INSTANCES_WAITING,
  RECORDS_PER_CALL,
  VISITORS_WAITING,
  WAITING_MS
} from '../../marketo/transport/limits'
import { Memory } from '../../marketo/transport/memory'
import { isSameValue } from '../who/keys'
import type { Identity } from '../who/keys'

/**
 * Visitors of one instance whose visits are recorded, but who may not be associated with their lead yet: Marketo has
 * not been asked. If the process ends, nothing is lost. Marketo keeps the visits under the visitor's token, and the
 * next visit asks again.
 */
export class WaitingVisitors {
  /** By token. */
  private readonly visitors = new Map<string, Identity>()
  private asksLeft = ASKS_AT_ONCE
  private refilledAt = Date.now()

  add(token: string, identity: Identity): void {
    if (this.visitors.size < VISITORS_WAITING) this.visitors.set(token, identity)
  }

  /**
   * Spends an ask on visitors, if the process has one left or if there are enough visitors for a full call.
   * @param tokens of the current visitors
   * @param open the tokens among them that are not known to be associated
   * @returns whether to ask about visitors now
   */
  spendAsk(tokens: ReadonlySet<string>, open: ReadonlySet<string>): boolean {
    if (this.countWith(tokens) === 0) return false
    return this.spendAskLeft() || this.countWith(open) >= RECORDS_PER_CALL
  }

  /**
   * Removes waiting visitors to ask about, as many as fit into the calls that the current tokens need anyway.
   * @param tokens the ones to ask about in any case
   */
  removeForCall(tokens: ReadonlySet<string>): Identity[] {
    for (const token of tokens) this.visitors.delete(token)
    const calls = Math.max(1, Math.ceil(tokens.size / RECORDS_PER_CALL))
    const removed = [...this.visitors].slice(0, calls * RECORDS_PER_CALL - tokens.size)
    for (const [token] of removed) this.visitors.delete(token)
    return removed.map(([, identity]) => identity)
  }

  /** Forgets a user who was deleted, in any spelling. */
  forget(userId: string): void {
    for (const [token, identity] of this.visitors) {
      const ids = [identity.userId, identity.email].map((id) => id?.trim())
      if (ids.some((id) => isSameValue(id, userId.trim()))) this.visitors.delete(token)
    }
  }

  private countWith(tokens: ReadonlySet<string>): number {
    return this.visitors.size + [...tokens].filter((token) => !this.visitors.has(token)).length
  }

  private spendAskLeft(): boolean {
    const refills = Math.floor((Date.now() - this.refilledAt) / ASK_AGAIN_MS)
    if (refills > 0) {
      this.asksLeft = Math.min(ASKS_AT_ONCE, this.asksLeft + refills)
      this.refilledAt += refills * ASK_AGAIN_MS
    }
    if (this.asksLeft === 0) return false
    this.asksLeft -= 1
    return true
  }
}

const waiting = new Memory<WaitingVisitors>(WAITING_MS, INSTANCES_WAITING)

/** The visitors who wait in this process, by instance and API user. */
export function waitingVisitors(client: MarketoClient): WaitingVisitors {
  const visitors = waiting.known(client, 'visitors') ?? new WaitingVisitors()
  waiting.keep(client, 'visitors', visitors)
  return visitors
}
