import { LENGTHS } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'

/** Describe Lead: each field by its REST name and its SOAP name, which forms use. */
export function describeLeadsV1({ fields }: Marketo, _call: ReceivedCall) {
  const result = [...fields.values()].map(({ name, soapName, displayName, dataType, updateable }, i) => ({
    id: i + 1,
    displayName,
    dataType,
    ...(dataType in LENGTHS && { length: LENGTHS[dataType] }),
    rest: { name, readOnly: !updateable },
    soap: { name: soapName, readOnly: !updateable }
  }))
  return { result }
}
