import type { Call } from './call'
import type { Deadline } from './deadline'
import { CALLS_AT_ONCE, SLOW_CALLS_AT_ONCE } from './limits'

/** A call that waits for a place, or has one. */
interface Caller {
  /** The batch that makes the call. */
  batch: Deadline
  isSlow: boolean
  start: () => void
}

/**
 * The calls under way for one instance and API user, over all batches of this process. The batch with the fewest calls under way is
 * next, so that a small one does not wait behind a big one.
 */
class Places {
  private readonly waiting: Caller[] = []
  private readonly underWay = new Set<Caller>()

  async run<T>(batch: Deadline, { name, isSlow = false }: Call, task: () => Promise<T>): Promise<T> {
    let start!: () => void
    const place = new Promise<void>((resolve) => {
      start = resolve
    })
    const caller: Caller = { batch, isSlow, start }
    this.waiting.push(caller)
    this.fill()
    try {
      if (!this.underWay.has(caller)) await batch.wait(name, place)
      return await task()
    } finally {
      if (!this.underWay.delete(caller)) this.waiting.splice(this.waiting.indexOf(caller), 1)
      this.fill()
    }
  }

  get isIdle(): boolean {
    return this.underWay.size + this.waiting.length === 0
  }

  private fill(): void {
    for (let next = this.next(); next; next = this.next()) {
      this.waiting.splice(this.waiting.indexOf(next), 1)
      this.underWay.add(next)
      next.start()
    }
  }

  private next(): Caller | undefined {
    if (this.underWay.size >= CALLS_AT_ONCE) return undefined
    const running = [...this.underWay]
    const mayBeSlow = running.filter(({ isSlow }) => isSlow).length < SLOW_CALLS_AT_ONCE
    const callsOf = (batch: Deadline) => running.filter((caller) => caller.batch === batch).length
    let next: Caller | undefined
    for (const caller of this.waiting) {
      if (caller.isSlow && !mayBeSlow) continue
      if (next === undefined || callsOf(caller.batch) < callsOf(next.batch)) next = caller
    }
    return next
  }
}

/** By instance and API user. */
const placesOf = new Map<string, Places>()

/**
 * Runs a call once it is its turn: Marketo lets an instance have 10 calls at once.
 * @param user the instance and API user
 * @throws MarketoError (503) if the batch's time ends before that
 */
export async function inTurn<T>(user: string, batch: Deadline, call: Call, task: () => Promise<T>): Promise<T> {
  const places = placesOf.get(user) ?? new Places()
  placesOf.set(user, places)
  try {
    return await places.run(batch, call, task)
  } finally {
    if (places.isIdle) placesOf.delete(user)
  }
}
