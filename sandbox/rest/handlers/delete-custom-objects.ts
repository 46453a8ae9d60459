import { reason } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'
import { skipped } from '../skipped'
import { foundBy } from './sync-custom-objects'

/** Delete Custom Objects */
export function deleteCustomObjects({ customObjects }: Marketo, { pathArgument, body, input }: ReceivedCall) {
  const type = customObjects.type(pathArgument)
  const by = foundBy(body.deleteBy, 'deleteBy')
  const needed = by === 'idField' ? ['marketoGUID'] : type.dedupeFields
  const resultOf = (record: InputRecord, seq: number) => {
    const missing = needed.filter((name) => record[name] === undefined || record[name] === null)
    if (missing.length > 0)
      return skipped(
        'withSeq',
        missing.map((name) => reason('1002', name)),
        record,
        seq
      )
    const found =
      by === 'idField' ? customObjects.findByGuid(type, record.marketoGUID) : customObjects.find(type, record)
    if (!found) return skipped('withSeq', [reason('1013')], record, seq)
    customObjects.delete(type, found)
    return { seq, marketoGUID: found.marketoGUID, status: 'deleted' }
  }
  return { result: input.map(resultOf) }
}
