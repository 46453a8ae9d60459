import { LRUCache } from 'lru-cache'
import type { MarketoClient } from './client'
import { FIELD_MEMORY_MS, FIELDS_REMEMBERED } from './limits'

/** All memories of this process. */
const memories: { forgetAll: () => void }[] = []

/**
 * What the process remembers for a while (by default an hour) about instances, for each API user by itself: another user may see or
 * write other things.
 */
export class Memory<T extends object> {
  private readonly kept: LRUCache<string, T>
  /** Look-ups on their way, for all batches. */
  private readonly pending = new Map<string, Promise<T | undefined>>()
  /** Look-ups of each batch, failed ones too, so that a batch makes each only once. */
  private readonly ofBatch = new WeakMap<MarketoClient, Map<string, Promise<T | undefined>>>()

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
   * Looks something up if it is not remembered, at most once for a batch and for all batches that ask at the same time. It remembers
   * neither failures nor that something is unknown: both may change at any time.
   * @throws MarketoError if the look-up fails
   */
  async get<Found extends T | undefined>(
    client: MarketoClient,
    what: string,
    look: () => Promise<Found>
  ): Promise<T | Found> {
    const known = this.known(client, what)
    if (known) return known
    const ofBatch = this.ofBatch.get(client) ?? new Map<string, Promise<T | undefined>>()
    this.ofBatch.set(client, ofBatch)
    const asked = ofBatch.get(what) ?? this.look(client, what, look)
    ofBatch.set(what, asked)
    return asked as Promise<T | Found>
  }

  /** `clear` would take as long as if the memory were full. */
  forgetAll(): void {
    for (const key of [...this.kept.keys()]) this.kept.delete(key)
  }

  private look(client: MarketoClient, what: string, look: () => Promise<T | undefined>): Promise<T | undefined> {
    const key = keyOf(client, what)
    const pending = this.pending.get(key)
    if (pending) return pending
    const looking = look()
      .then((found) => {
        if (found) this.keep(client, what, found)
        return found
      })
      .finally(() => this.pending.delete(key))
    this.pending.set(key, looking)
    return looking
  }
}

const keyOf = ({ credentialsKey }: MarketoClient, what: string): string => `${credentialsKey} ${what}`

/** Starts over, like a new process. */
export function forgetEverything(): void {
  for (const memory of memories) memory.forgetAll()
}
