import { LATER } from './errors'
import { MarketoError } from './outcome'

/**
 * How long a batch of events may take. After that, no call is started. The platform's own signal also ends the wait for a call in
 * progress. Calls that were not started leave no trace in Marketo.
 */
export class Deadline {
  private readonly endsAt: number

  /**
   * @param milliseconds from now; none if the work has no time limit
   * @param signal the platform's: it aborts when the platform stops waiting, and then sends the events again
   */
  constructor(milliseconds = Infinity, readonly signal?: AbortSignal) {
    this.endsAt = Date.now() + milliseconds
  }

  isOver(): boolean {
    return this.signal?.aborted === true || Date.now() >= this.endsAt
  }

  /** @throws MarketoError (503) if no time is left to start the call with this name */
  check(name: string): void {
    if (!this.isOver()) return
    throw new MarketoError({
      status: 503,
      message: `${name}: not started, because the time for this batch was over. ${LATER}`,
      isUnsent: true
    })
  }

  /**
   * Waits for something that other batches also wait for, and that must not end with this batch.
   * @throws MarketoError (503) as soon as the platform stops waiting
   */
  async wait<T>(name: string, task: Promise<T>): Promise<T> {
    const { signal } = this
    if (!signal) return task
    return new Promise<T>((resolve, reject) => {
      const abort = () => reject(abortedWhile(name))
      signal.addEventListener('abort', abort, { once: true })
      task.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    })
  }
}

/** The failure of a call that the platform did not wait for. Marketo may or may not have executed it. */
export function abortedWhile(name: string): MarketoError {
  return new MarketoError({
    status: 503,
    message: `${name}: Segment stopped waiting for Marketo's answer. ${LATER}`
  })
}
