import { setTimeout } from 'node:timers/promises'
import type { Fault } from '../contract'
import type { FaultTarget } from './fault-targets'
import { html, type Answer } from './message'

/** The pending faults, in the order in which they were added. */
export class Faults {
  private pending: (Fault & { times: number; after: number })[] = []

  list(): Fault[] {
    return this.pending.map((fault) => ({ ...fault }))
  }

  /** @param faults valid ones: control/fault-rules.ts checks them */
  add(...faults: Fault[]): void {
    this.pending.push(...faults.map((fault) => ({ times: 1, after: 0, ...fault })))
  }

  clear(): void {
    this.pending = []
  }

  /** The fault that hits this call, if any. Each other fault waiting for calls of this endpoint counts the call. */
  take({ name, kinds, isMarketoApi }: FaultTarget): Fault | undefined {
    if (this.pending.length === 0) return undefined
    let hit: Fault | undefined
    for (const fault of this.pending) {
      const isAny = fault.endpoint === '*' && isMarketoApi && kinds.includes(fault.kind)
      if (fault.endpoint !== name && !isAny) continue
      if (fault.after > 0) fault.after--
      else if (!hit) {
        hit = fault
        fault.times--
      }
    }
    this.pending = this.pending.filter((fault) => fault.times > 0)
    return hit
  }
}

/** The result of a call under a fault. `undefined` means that the connection was cut. */
export async function answerUnder(fault: Fault | undefined, work: () => Answer): Promise<Answer | undefined> {
  const executed = fault?.executed ?? fault?.kind === 'delay'
  switch (fault?.kind) {
    case 'status':
      return html(fault.status ?? 500)
    case 'cut':
      if (executed) work()
      return undefined
    case 'broken':
      if (executed) work()
      return html(200)
    case 'delay': {
      const answer = executed ? work() : undefined
      await setTimeout(fault.ms, undefined, { ref: false })
      return answer
    }
    default:
      return work()
  }
}
