/**
 * What a good neighbor takes of the 100 calls in 20 seconds and the 10 calls at once that all integrations of an instance share: half of
 * both in the long run, as Adobe asks, and never all of them.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/marketo-integration-best-practices
 */
const LIMITS = [
  { calls: 80, ms: 20_000 },
  { calls: 150, ms: 60_000 }
]
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
      const now = Date.now()
      const longest = Math.max(...LIMITS.map(({ ms }) => ms))
      while (this.startedAt.length > 0 && this.startedAt[0] <= now - longest) this.startedAt.shift()
      const waits = LIMITS.map(({ calls: most, ms }) => {
        // The call that must leave the window first.
        const since = this.startedAt[this.startedAt.length + calls - most - 1]
        return since === undefined ? 0 : since + ms - now
      })
      const wait = Math.max(...waits)
      if (wait <= 0) return
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
