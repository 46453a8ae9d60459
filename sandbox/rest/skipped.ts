import type { Reason } from '../state/errors'
import type { InputRecord } from './call'
import type { Skips } from './endpoints'

/** @param seq the record's place in the call, from 0 */
export function skipped(how: Skips, reasons: Reason[], record: InputRecord, seq: number): object {
  switch (how) {
    case 'plainly':
      return { status: 'skipped', reasons }
    case 'withErrors':
      return { status: 'skipped', errors: reasons }
    case 'withId':
      return { id: record.id, status: 'skipped', reasons }
    case 'withName':
      return { name: record.name, status: 'skipped', reasons }
    case 'withSeq':
      return { seq, status: 'skipped', reasons }
  }
}
