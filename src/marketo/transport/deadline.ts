import { LATER } from './errors'
import { MarketoError } from './outcome'
import type { Failure } from './outcome'

/**
 * Until when a batch of events may start calls: until its time is over, or until Marketo refuses one because of a limit that all
 * integrations of the instance share. The platform's own signal also ends the wait for a call in progress. Calls that were not started
 * leave no trace in Marketo.
 */
export class Deadline {
  private readonly endsAt: number
  private throttled?: Failure

  /**
   * @param milliseconds from now; none if the work has no time limit
   * @param signal the platform's: it aborts when the platform stops waiting, and then sends the events again
   */
  constructor(milliseconds = Infinity, readonly signal?: AbortSignal) {
    this.endsAt = Date.now() + milliseconds
  }

  /** Whether no REST call may be started any more. */
  isOver(): boolean {
    return this.throttled !== undefined || this.isTimeOver()
  }

  /** Ends the batch's REST calls after this failure: refused calls count against the limits, too. */
  endCalls(throttled: Failure): void {
    this.throttled ??= throttled
  }

  /** @throws MarketoError (503, or 429 after a limit) if the REST call with this name may not be started */
  check(name: string): void {
    this.checkTime(name)
    if (this.throttled) throw new MarketoError(notStartedAfter(name, this.throttled))
  }

  /** Like {@link check}, for requests that count against no limit. @throws MarketoError (503) if no time is left */
  checkTime(name: string): void {
    if (this.isTimeOver()) throw new MarketoError(outOfTime(name))
  }

  /**
   * Waits for something that other batches also wait for, and that must not end with this batch.
   * @param name the call that needs it
   * @throws MarketoError (503) as soon as the time is over, or the platform stops waiting
   */
  async wait<T>(name: string, task: Promise<T>): Promise<T> {
    const { signal } = this
    const milliseconds = this.endsAt - Date.now()
    let end: () => void
    const over = new Promise<never>((_, reject) => {
      const stop = () => reject(signal?.aborted ? abortedWhile(name) : new MarketoError(outOfTime(name)))
      const timer = Number.isFinite(milliseconds) ? setTimeout(stop, milliseconds) : undefined
      signal?.addEventListener('abort', stop, { once: true })
      end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
      }
    })
    return Promise.race([task, over]).finally(() => end())
  }

  private isTimeOver(): boolean {
    return this.signal?.aborted === true || Date.now() >= this.endsAt
  }
}

const outOfTime = (name: string): Failure => ({
  status: 503,
  message: `${name}: not started, because the time for this batch was over. ${LATER}`,
  isUnsent: true
})

const notStartedAfter = (name: string, { status, code }: Failure): Failure => ({
  status,
  code,
  message: `${name}: not started, because Marketo has refused an earlier call with ${code}. All integrations of the instance share its limits. ${LATER}`,
  isUnsent: true
})

/** The failure of a call that the platform did not wait for. Marketo may or may not have executed it. */
export function abortedWhile(name: string): MarketoError {
  return new MarketoError({
    status: 503,
    message: `${name}: Segment stopped waiting for Marketo's answer. ${LATER}`
  })
}
