import { LRUCache } from 'lru-cache'
import type { MarketoClient } from './client'
import { FIELD_MEMORY_MS, FIELDS_REMEMBERED } from './limits'

/** All memories of this process. */
const memories: { forgetAll: () => void }[] = []

/**
 * What the process remembers for a while (by default an hour) about instances, each API user for itself: another user may see or
 * write other things.
 */
export class Memory<T extends object> {
  private readonly kept: LRUCache<string, T>
  private readonly pending = new Map<string, Promise<T | undefined>>()

  /** @param milliseconds how long something is remembered */
  constructor(milliseconds = FIELD_MEMORY_MS, max = FIELDS_REMEMBERED) {
    this.kept = new LRUCache({ max, ttl: milliseconds })
    memories.push(this)
  }

  /** @param what distinguishes the things of one API user */
  known(client: MarketoClient, what: string): T | undefined {
    return this.kept.get(keyOf(client, what))
  }

  keep(client: MarketoClient, what: string, thing: T): void {
    this.kept.set(keyOf(client, what), thing)
  }

  forget(client: MarketoClient, what: string): void {
    this.kept.delete(keyOf(client, what))
  }

  /**
   * Looks something up if it is not remembered; several callers at once share one look-up. It does not remember failures, nor that
   * something is unknown.
   * @throws MarketoError if the look-up fails
   */
  async get<Found extends T | undefined>(
    client: MarketoClient,
    what: string,
    look: () => Promise<Found>
  ): Promise<T | Found> {
    const known = this.known(client, what)
    if (known) return known
    const key = keyOf(client, what)
    const pending = this.pending.get(key) as Promise<Found> | undefined
    if (pending) return pending
    const looking = look().finally(() => this.pending.delete(key))
    this.pending.set(key, looking)
    const found = await looking
    if (found) this.keep(client, what, found)
    return found
  }

  forgetAll(): void {
    this.kept.clear()
  }
}

const keyOf = ({ credentialsKey }: MarketoClient, what: string): string => `${credentialsKey} ${what}`

/** Starts over, like a new process. */
export function forgetEverything(): void {
  for (const memory of memories) memory.forgetAll()
}
