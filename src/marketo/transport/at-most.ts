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
