import { LRUCache } from 'lru-cache'
import type { MarketoClient } from './client'
import { FIELD_MEMORY_MS, FIELDS_REMEMBERED } from './limits'

/** Remembers for a while (by default an hour) what instances have. It does not remember failed look-ups. */
export class Memory<T extends object> {
  private readonly known: LRUCache<string, T>

  /** @param milliseconds how long something is remembered */
  constructor(milliseconds = FIELD_MEMORY_MS, max = FIELDS_REMEMBERED) {
    this.known = new LRUCache({ max, ttl: milliseconds })
  }

  /**
   * @param what distinguishes the things of one instance
   * @throws MarketoError if the look-up fails
   */
  async get({ munchkinId }: MarketoClient, what: string, look: () => Promise<T>): Promise<T> {
    const key = `${munchkinId} ${what}`
    const known = this.known.get(key)
    if (known) return known
    const found = await look()
    this.known.set(key, found)
    return found
  }

  /** Starts over, like a new process. */
  forgetAll(): void {
    this.known.clear()
  }
}
