/** What node-fetch throws if an answer comes too late. */
class OutOfTime extends Error {
  readonly code = 'ETIMEDOUT'
}

/**
 * The time limit of a whole exchange. The framework's limit ends when the answer begins, and node-fetch's limit begins then.
 * So an answer that trickles in could take twice as long.
 * @throws an error with the code ETIMEDOUT if `work` does not end within `ms`
 */
export async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(`No answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work(), timeIsUp])
  } finally {
    clearTimeout(timer)
  }
}
