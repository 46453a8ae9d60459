import type { Settings } from '../shared/server'
import { carryOut, sizeOf } from './carry-out'
import type { Job } from './jobs'
import type { Progress, RunRecord } from './run-record'

/** What sending events needs from the page. */
export interface Sending {
  settings: Settings
  /** Whether the user has asked to stop. */
  isStopping: () => boolean
  /** Receives the run after each job, so that nothing is lost if a later one fails. */
  keep: (run: RunRecord) => void
  /** Shows how far it is. */
  draw: (progress: Progress) => void
}

/** Drawing thousands of outcomes also takes time. */
const PAUSE_MS = 150

/** Does jobs one after another, until the end or until the user stops it. */
export async function sendAll(begun: RunRecord, jobs: Job[], sending: Sending): Promise<RunRecord> {
  let run = begun
  const total = begun.jobs ? sizeOf(begun.jobs) : sizeOf(jobs)
  const doneBefore = total - sizeOf(jobs)
  const since = Date.now()
  let done = doneBefore
  let drawnAt = since
  const draw = () => sending.draw({ done, doneBefore, total, since, isStopping: false })
  sending.keep(run)
  draw()
  for (const job of jobs) {
    if (sending.isStopping()) break
    run = await carryOut(run, job, sending.settings)
    sending.keep(run)
    done += job.events.length
    if (Date.now() - drawnAt < PAUSE_MS) continue
    drawnAt = Date.now()
    draw()
  }
  return run
}
