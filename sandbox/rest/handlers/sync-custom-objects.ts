import { keyOf, type ObjectValues } from '../../state/custom-objects'
import type { ObjectType } from '../../state/custom-object-types'
import { ApiError, reason, type Reason } from '../../state/errors'
import { refusal } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import type { ObjectRecord } from '../../state/shapes'
import type { ReceivedCall, InputRecord } from '../call'
import { skipped } from '../skipped'

const ACTIONS = ['createOrUpdate', 'createOnly', 'updateOnly']

/** How records are found: by their dedupe fields, or by Marketo's own ID. */
export function foundBy(given: unknown, name: string): 'dedupeFields' | 'idField' {
  if (given === undefined || given === 'dedupeFields') return 'dedupeFields'
  if (given === 'idField') return 'idField'
  throw new ApiError('1003', `Invalid value for ${name}`)
}

/** Sync Custom Objects. If a call has two records with the same key, the second is refused. */
export function syncCustomObjects(marketo: Marketo, { pathArgument, body, input }: ReceivedCall) {
  const type = marketo.customObjects.type(pathArgument)
  const { action = 'createOrUpdate' } = body
  const by = foundBy(body.dedupeBy, 'dedupeBy')
  if (!ACTIONS.includes(String(action))) throw new ApiError('1001', action, ACTIONS.join(', '))
  if (by === 'idField' && action !== 'updateOnly') throw new ApiError('1003', 'idField is for updateOnly alone')

  const seen = new Set<unknown>()
  const resultOf = (record: InputRecord, seq: number) => {
    const key = by === 'idField' ? record.marketoGUID : keyOf(type, record)
    const refused = seen.has(key) ? [reason('1036')] : refusals(type, by, record)
    seen.add(key)
    const done = refused.length > 0 ? refused : write(marketo, type, String(action), by, record)
    return Array.isArray(done) ? skipped('withSeq', done, record, seq) : { seq, ...done }
  }
  return { result: input.map(resultOf) }
}

function refusals({ dedupeFields, fields }: ObjectType, by: string, record: InputRecord): Reason[] {
  const needed = by === 'idField' ? ['marketoGUID'] : dedupeFields
  const missing = needed.filter((name) => record[name] === undefined || record[name] === null || record[name] === '')
  if (missing.length > 0) return missing.map((name) => reason('1002', name))
  return Object.entries(record).flatMap(([name, value]) => {
    if (name === 'marketoGUID' && by === 'idField') return []
    if (['marketoGUID', 'createdAt', 'updatedAt'].includes(name)) {
      return [reason('1003', `Field '${name}' is not updateable`)]
    }
    const field = fields.find((candidate) => candidate.name === name)
    if (!field) return [reason('1006', name)]
    return value === null ? [] : refusal(name, field.dataType, value) ?? []
  })
}

function write({ customObjects, leads }: Marketo, type: ObjectType, action: string, by: string, record: InputRecord) {
  const { marketoGUID, ...values } = record as ObjectValues
  const former: ObjectRecord | undefined =
    by === 'idField' ? customObjects.findByGuid(type, marketoGUID) : customObjects.find(type, values)
  if (former && action === 'createOnly') return [reason('1017')]
  if (!former && action === 'updateOnly') return [reason('1013')]

  const { link } = type
  const linked = link && values[link.field]
  if (linked === undefined || linked === null) {
    const { marketoGUID: guid } = customObjects.write(type, former, values, linked)
    return { status: former ? 'updated' : 'created', marketoGUID: guid }
  }
  const owners = leads.find(link?.leadField ?? 'id', linked)
  if (owners.length === 0) return [reason('1004')]
  // Of several, Marketo takes the one that was updated last.
  const [owner] = owners.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  const { marketoGUID: guid } = customObjects.write(type, former, values, owner.id)
  return { status: former ? 'updated' : 'created', marketoGUID: guid }
}
