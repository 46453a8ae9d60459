import type { JSONLikeObject, JSONObject } from '@segment/actions-core'
import type { Call } from './calls'
import type { MarketoClient } from './client'
import { canBeHalved, failureFor, LATER } from './errors'
import type { MarketoReason } from './errors'
import { BODY_BYTES, RECORDS_PER_CALL } from './limits'
import { failureOf, isFailure } from './outcome'
import type { Outcome } from './outcome'

/**
 * Marketo's answer for one record. Leads give their `reasons`, custom activities their `errors`. It carries `id`,
 * `marketoGUID`, `leadId` or none: `status` alone says whether the record is done.
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
 * Sends records with as few calls as they fit into: 300 records and 1 MB each.
 * @param head members of the request body beside `input`
 * @returns one outcome for each record, in order. A call that fails is the outcome of its own records only.
 */
export async function sendRecords(
  client: MarketoClient,
  call: Call,
  head: JSONObject,
  records: JSONLikeObject[]
): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(records.length)

  async function sendCall(chunk: Prepared[]): Promise<void> {
    try {
      const { result } = await client.send<RecordResult>(call, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(head, chunk)
      })
      const results = result.length === chunk.length || call.cannotRepeat ? result : []
      for (const [i, { index, record }] of chunk.entries()) {
        const outcome = outcomeOf(call, record, results[i])
        outcomes[index] = isFailure(outcome) ? client.redacted(outcome) : outcome
      }
    } catch (error) {
      const failure = failureOf(error)
      if (canBeHalved(failure) && chunk.length > 1) {
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

  for (const chunk of chunksOf(records)) {
    if (fits(chunk[0])) await sendCall(chunk)
    else {
      const [{ index, record }] = chunk
      outcomes[index] = {
        status: 413,
        message: `${call.name}: the record is larger than the 1 MB that Marketo takes. Map less or shorter values.`,
        sent: record
      }
    }
  }
  return outcomes
}

const fits = ({ json }: Prepared): boolean => Buffer.byteLength(json) <= BODY_BYTES

/** Cuts records, in order, into what one call can hold. A record that is too large for any call stands alone. */
function chunksOf(records: JSONLikeObject[]): Prepared[][] {
  const chunks: Prepared[][] = []
  let bytes = Infinity
  records.forEach((record, index) => {
    const json = JSON.stringify(record)
    const size = Buffer.byteLength(json) + 1
    bytes += size
    if (bytes > BODY_BYTES || chunks[chunks.length - 1].length === RECORDS_PER_CALL) {
      chunks.push([])
      bytes = size
    }
    chunks[chunks.length - 1].push({ index, record, json })
  })
  return chunks
}

/** The request body, from records that were serialized once, when they were measured. */
function bodyOf(head: JSONObject, chunk: Prepared[]): string {
  const input = `"input":[${chunk.map(({ json }) => json).join(',')}]`
  const members = JSON.stringify(head).slice(1, -1)
  return `{${members ? `${members},` : ''}${input}}`
}

function outcomeOf(call: Call, record: JSONLikeObject, result: RecordResult | undefined): Outcome {
  const body = (result ?? {}) as JSONLikeObject
  if (isDone(result)) return { status: 200, sent: record, body }
  const [reason] = [result?.reasons, result?.errors].find((list) => Array.isArray(list)) ?? []
  if (reason) return { ...failureFor(call, reason, body), sent: record }
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
