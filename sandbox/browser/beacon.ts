import { HTTP_FAULTS, type FaultTarget } from '../rest/fault-targets'
import { answerUnder } from '../rest/faults'
import { text, type Answer, type HttpCall } from '../rest/message'
import type { Troubles } from '../rest/troubles'
import type { Marketo } from '../state/marketo'

export const MUNCHKIN: FaultTarget = { name: 'munchkin', kinds: HTTP_FAULTS, isMarketoApi: true }

/** Munchkin's tracking endpoint: page visits and clicks. */
export function answerBeacon(
  { quota, tracking }: Marketo,
  { faults }: Troubles,
  call: HttpCall
): Promise<Answer | undefined> {
  quota.usage.uncounted.munchkin++
  return answerUnder(faults.take(MUNCHKIN), () => {
    if (call.path.endsWith('/clickLink')) tracking.recordClick(call.params)
    else tracking.record(call.params, call.headers['user-agent'] ?? '')
    return text('', 202)
  })
}
