import type { JSONLikeObject, JSONObject, RequestOptions } from '@segment/actions-core'
import { pathOf } from './call'
import type { RecordCall } from './call'
import type { MarketoClient } from './client'
import { failureFor, LATER } from './errors'
import type { MarketoReason } from './errors'
import { BODY_BYTES } from './limits'
import { failureOf, isFailure } from './outcome'
import type { Failure, Outcome } from './outcome'

/** Where records go, and what all records of one call share. */
export interface RecordTarget {
  call: RecordCall
  /** What the path of the call names: a list, a campaign, or a custom object. */
  id?: string | number
  /** Members of the request body beside the records. */
  head?: JSONObject
}

/**
 * Marketo's answer for one record. Leads give their `reasons`, custom activities their `errors`. It has `id`,
 * `marketoGUID`, `leadId` or none of them. `status` alone says whether the record is done.
 */
interface RecordResult {
  status?: unknown
  reasons?: MarketoReason[]
  errors?: MarketoReason[]
}

const DONE = ['created', 'updated', 'deleted', 'added', 'removed']

interface Prepared {
  index: number
  record: JSONLikeObject
  json: string
}

/**
 * Sends records with as few calls as possible. Each holds at most the call's number of records, and 1 MB with what they
 * share. The calls run in parallel.
 * @returns one outcome for each record, in order. A failed call affects only its own records.
 */
export async function sendRecords(
  client: MarketoClient,
  target: RecordTarget,
  records: JSONLikeObject[]
): Promise<Outcome[]> {
  const { call, head = {} } = target
  const room = BODY_BYTES - Buffer.byteLength(JSON.stringify(head))
  const outcomes = new Array<Outcome>(records.length)

  async function sendCall(chunk: Prepared[]): Promise<void> {
    try {
      const { result } = await client.send<RecordResult>(call, ...requestOf(target, chunk))
      const results = resultsFor(call, result, chunk.length)
      for (const [i, { index, record }] of chunk.entries()) {
        const outcome = outcomeOf(call, record, results[i])
        outcomes[index] = isFailure(outcome) ? client.redacted(outcome) : outcome
      }
    } catch (error) {
      const failure = failureOf(error)
      if (canBeHalved(call, failure) && chunk.length > 1) {
        const half = Math.ceil(chunk.length / 2)
        await sendCall(chunk.slice(0, half))
        await sendCall(chunk.slice(half))
      } else {
        for (const { index, record } of chunk) {
          outcomes[index] = failure.isUnsent ? failure : client.redacted({ ...failure, sent: record })
        }
      }
    }
  }

  const calls: Promise<void>[] = []
  for (const chunk of chunksOf(call, records, room)) {
    if (Buffer.byteLength(chunk[0].json) <= room) calls.push(sendCall(chunk))
    else {
      const [{ index, record }] = chunk
      outcomes[index] = {
        status: 413,
        message: `${call.name}: the record is larger than the 1 MB that Marketo takes. Map fewer or shorter values.`,
        sent: record
      }
    }
  }
  await Promise.all(calls)
  return outcomes
}

/** Whether Marketo may accept a refused call with fewer records: it is too large, or one record is the culprit. */
const canBeHalved = ({ oneRecordCodes }: RecordCall, { status, code = '' }: Failure): boolean =>
  status === 413 || oneRecordCodes.includes(code)

/** Splits records, in order, into chunks that fit into one call. A record that is too large for any call is alone. */
function chunksOf(call: RecordCall, records: JSONLikeObject[], room: number): Prepared[][] {
  const chunks: Prepared[][] = []
  let bytes = Infinity
  records.forEach((record, index) => {
    const json = JSON.stringify(record)
    const size = Buffer.byteLength(json) + 1
    bytes += size
    if (bytes > room || chunks[chunks.length - 1].length === call.size) {
      chunks.push([])
      bytes = size
    }
    chunks[chunks.length - 1].push({ index, record, json })
  })
  return chunks
}

/** The request, from records that were serialized once, when they were measured. */
function requestOf({ call, id = '', head = {} }: RecordTarget, chunk: Prepared[]): [RequestOptions, string] {
  const path = pathOf(call, id)
  const { method, shape } = call
  if (shape === 'query')
    return [{ method }, `${path}?${chunk.map(({ record }) => `id=${JSON.stringify(record.id)}`).join('&')}`]
  const records = `[${chunk.map(({ json }) => json).join(',')}]`
  const shared = JSON.stringify(head).slice(1, -1)
  const body =
    shape === 'input.leads' ? `{"input":${bodyOf(`"leads":${records}`, shared)}}` : bodyOf(shared, `"input":${records}`)
  return [{ method, headers: { 'content-type': 'application/json' }, body }, path]
}

/** A JSON object with these members. */
const bodyOf = (...members: string[]): string => `{${members.filter((member) => member).join(',')}}`

/** A result for each record. Empty if the results cannot be matched to the records. */
function resultsFor(call: RecordCall, results: RecordResult[], records: number): (RecordResult | undefined)[] {
  if (call.oneResult) return new Array<RecordResult | undefined>(records).fill(results[0])
  return results.length === records || call.cannotRepeat ? results : []
}

function outcomeOf(call: RecordCall, record: JSONLikeObject, result: RecordResult | undefined): Outcome {
  const body = (result ?? {}) as JSONLikeObject
  if (call.oneResult || isDone(result)) return { status: 200, sent: record, body }
  const [reason] = [result?.reasons, result?.errors].find((list) => Array.isArray(list)) ?? []
  if (reason) {
    if (call.alreadySo?.includes(String(reason.code))) return { status: 200, sent: record, body }
    return { ...failureFor(call, reason, body), sent: record }
  }
  return {
    status: 500,
    message: `${call.name}: Marketo's answer has no result for this record. ${LATER}`,
    sent: record,
    body
  }
}

function isDone(result: RecordResult | undefined): boolean {
  return typeof result?.status === 'string' && DONE.includes(result.status.toLowerCase())
}
