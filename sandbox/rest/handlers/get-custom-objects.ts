import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'

/**
 * Query Custom Objects by their dedupe fields or by Marketo's own ID: a GET that is sent as a POST, with a body of JSON.
 * Fields without a value are absent.
 */
export function getCustomObjects({ customObjects, limits }: Marketo, { pathArgument, body }: ReceivedCall) {
  const type = customObjects.type(pathArgument)
  const { filterType, input, fields = [] } = body
  if (filterType !== 'dedupeFields' && filterType !== 'idField') throw new ApiError('1003', 'Invalid filterType')
  if (!Array.isArray(input) || input.length === 0) throw new ApiError('1002', 'input')
  if (input.length > limits.recordsPerCall) throw new ApiError('1003', `input exceeds ${limits.recordsPerCall} records`)
  const names = [...type.fields.map(({ name }) => name), 'marketoGUID', 'createdAt', 'updatedAt']
  const wanted = Array.isArray(fields) && fields.length > 0 ? fields.map(String) : type.dedupeFields
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new ApiError('1006', unknown)
  const found = (input as InputRecord[]).flatMap((record) => {
    const known =
      filterType === 'idField' ? customObjects.findByGuid(type, record.marketoGUID) : customObjects.find(type, record)
    return known ?? []
  })
  const result = [...new Set(found)].map(({ marketoGUID, createdAt, updatedAt, fields: values }, seq) => {
    const all: Record<string, unknown> = { ...values, createdAt, updatedAt }
    return {
      seq,
      marketoGUID,
      ...Object.fromEntries(wanted.filter((name) => name in all).map((name) => [name, all[name]]))
    }
  })
  return { result }
}
