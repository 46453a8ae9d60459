import type { Fault } from '../../../sandbox/contract'

/** A fault that lasts while its switch is on. */
export interface Switch {
  name: string
  fault: Fault
}

/** More calls than anyone makes. */
const ALWAYS = 1_000_000_000

const error = (code: string, message: string): Fault => ({ endpoint: '*', kind: 'error', code, message, times: ALWAYS })

export const SWITCHES: Switch[] = [
  {
    name: 'Rate limit (606)',
    fault: error('606', "Max rate limit '100' exceeded with in '20' secs")
  },
  { name: 'Daily quota (607)', fault: error('607', 'Daily quota reached') },
  { name: 'No access (603)', fault: error('603', 'Access denied') },
  { name: 'HTTP 503', fault: { endpoint: '*', kind: 'status', status: 503, times: ALWAYS } },
  { name: 'Slow (3 s a call)', fault: { endpoint: '*', kind: 'delay', ms: 3000, times: ALWAYS } }
]

const same = (a: Fault, b: Fault) =>
  a.endpoint === b.endpoint && a.kind === b.kind && a.code === b.code && a.status === b.status && a.ms === b.ms

export const isOn = ({ fault }: Switch, faults: Fault[]) => faults.some((one) => same(one, fault))

/** The faults after one is switched on or off. */
export function switched({ fault }: Switch, faults: Fault[]): Fault[] {
  const others = faults.filter((one) => !same(one, fault))
  return others.length < faults.length ? others : [...faults, fault]
}
