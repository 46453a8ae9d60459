import { setTimeout } from 'node:timers/promises'

/**
 * What a good neighbor takes of an instance's limits: half of the 100 calls in 20 seconds and of the 10 calls at once, which all
 * integrations share.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/marketo-integration-best-practices
 */
const CALLS_PER_WINDOW = 50
const WINDOW_MS = 20_000
const CALLS_AT_ONCE = 5

/** Calls that most batches make. They should not wait in the middle of a batch, which must end within 8 seconds. */
const CALLS_OF_A_BATCH = 3

/** Keeps the calls of one rehearsal within a good neighbor's limits. */
export class Pace {
  private readonly startedAt: number[] = []
  private underWay = 0
  private readonly waiting: (() => void)[] = []

  /** Runs a call once it may begin. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    while (this.underWay >= CALLS_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.underWay++
    try {
      await this.roomFor(1)
      this.startedAt.push(Date.now())
      return await call()
    } finally {
      this.underWay--
      this.waiting.shift()?.()
    }
  }

  /** Waits until a batch can make its calls without waiting for the limits. */
  untilABatchFits(): Promise<void> {
    return this.roomFor(CALLS_OF_A_BATCH)
  }

  private async roomFor(calls: number): Promise<void> {
    for (;;) {
      const since = Date.now() - WINDOW_MS
      while (this.startedAt.length > 0 && this.startedAt[0] <= since) this.startedAt.shift()
      if (this.startedAt.length + calls <= CALLS_PER_WINDOW) return
      await setTimeout(this.startedAt[this.startedAt.length + calls - CALLS_PER_WINDOW - 1] - since)
    }
  }
}
