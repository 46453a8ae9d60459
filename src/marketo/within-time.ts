/** As node-fetch calls it when an answer does not come in time. */
class OutOfTime extends Error {
  readonly code = 'ETIMEDOUT'
}

/**
 * The one time limit of an exchange. The framework's own ends when the answer begins, and node-fetch's begins then: an answer
 * that trickles in could take twice as long.
 * @throws an error with the code ETIMEDOUT when `work` does not end within `ms`
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
