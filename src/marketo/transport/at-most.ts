import { CALLS_AT_ONCE } from './limits'

/** Maps like `Promise.all`, but runs at most five tasks at once, or the given number. */
export async function mapAtMost<T, R>(items: T[], task: (item: T) => Promise<R>, atOnce = CALLS_AT_ONCE): Promise<R[]> {
  const results = new Array<R>(items.length)
  const queue = items.entries()
  async function worker(): Promise<void> {
    for (const [index, item] of queue) results[index] = await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}

/** Lets this many tasks run at once. The others wait for their turn. */
export class Turns {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free += 1
    }
  }
}
