import type { JSONLikeObject, JSONObject, RequestOptions } from '@segment/actions-core'
import { pathOf } from '../transport/call'
import type { RecordCall } from '../transport/call'
import type { MarketoClient } from '../transport/client'
import { failureFor, fieldNamedIn, FIELD_MISSING, LATER, reasonsIn } from '../transport/errors'
import type { MarketoReason } from '../transport/errors'
import { BODY_BYTES } from '../transport/limits'
import { failureOf, isFailure, isRetried } from '../transport/outcome'
import type { Failure, Outcome } from '../transport/outcome'

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

/** A record to send. Records with the same queue reach Marketo in order. */
interface Queued {
  readonly record: JSONLikeObject
  readonly queue?: string
}

interface Prepared<Item> extends Queued {
  item: Item
  json: string
}

/**
 * Sends records with as few calls as possible. Each holds at most the call's number of records, and 1 MB with what they
 * share. The calls run in parallel.
 * @returns the outcome of each record. A failed call affects only its own records. Nothing for a record that did not fit into the
 * call of an earlier one of its queue, or would overtake one that failed: it was not sent
 */
export async function sendRecords<Item extends Queued>(
  client: MarketoClient,
  target: RecordTarget,
  items: readonly Item[]
): Promise<Map<Item, Outcome>> {
  const { call, head = {} } = target
  const room = BODY_BYTES - Buffer.byteLength(JSON.stringify(head))
  const outcomes = new Map<Item, Outcome>()

  async function sendCall(chunk: Prepared<Item>[]): Promise<void> {
    try {
      const { result } = await client.send<RecordResult>(call, ...requestOf(target, chunk))
      const results = resultsFor(call, result, chunk.length)
      for (const [i, { item, record }] of chunk.entries()) {
        const outcome = outcomeOf(call, record, results[i])
        outcomes.set(item, isFailure(outcome) ? client.redacted(outcome) : outcome)
      }
    } catch (error) {
      await divide(chunk, failureOf(error))
    }
  }

  /** Sends the records of a failed call again in parts, if one record is the culprit. Otherwise, all of them have failed. */
  async function divide(chunk: Prepared<Item>[], failure: Failure): Promise<void> {
    const [guilty, others] = splitBy(call, failure, chunk)
    for (const { item, record } of guilty) {
      outcomes.set(item, failure.isUnsent ? failure : client.redacted({ ...failure, sent: record }))
    }
    const half = Math.ceil(others.length / (guilty.length > 0 ? 1 : 2))
    for (const part of [others.slice(0, half), others.slice(half)]) {
      const due = part.filter(({ queue }) => queue === undefined || !failed().has(queue))
      if (due.length > 0) await sendCall(due)
    }
  }

  /** The queues in which a record has failed and will be retried. */
  function failed(): Set<string | undefined> {
    const queues = new Set<string | undefined>()
    for (const [{ queue }, outcome] of outcomes) if (isRetried(outcome)) queues.add(queue)
    return queues
  }

  const calls: Promise<void>[] = []
  for (const chunk of chunksOf(call, items, room)) {
    if (Buffer.byteLength(chunk[0].json) <= room) calls.push(sendCall(chunk))
    else {
      const [{ item, record }] = chunk
      outcomes.set(item, {
        status: 413,
        message: `${call.name}: the record is larger than the 1 MB that Marketo takes. Map fewer or shorter values.`,
        sent: record
      })
    }
  }
  await Promise.all(calls)
  return outcomes
}

/** The outcomes of records that all are sent, in order. @throws MarketoError never: a failed call is an outcome */
export async function sendAll(
  client: MarketoClient,
  target: RecordTarget,
  records: JSONLikeObject[]
): Promise<Outcome[]> {
  const items = records.map((record) => ({ record }))
  const outcomes = await sendRecords(client, target, items)
  return items.map((item) => outcomes.get(item)).filter((outcome): outcome is Outcome => outcome !== undefined)
}

/**
 * Splits the records of a failed call into those that have failed, and those that Marketo may accept in another call: the call is
 * too large, or one record is the culprit. If Marketo names a field that it lacks, all records with that field have failed.
 */
function splitBy<Item>(call: RecordCall, failure: Failure, chunk: Prepared<Item>[]): Prepared<Item>[][] {
  const { status, code = '' } = failure
  if (status !== 413 && !call.oneRecordCodes.includes(code)) return [chunk, []]
  const field = code === FIELD_MISSING ? fieldNamedIn(reasonsIn(failure)[0]) : undefined
  const guilty =
    chunk.length === 1
      ? chunk
      : chunk.filter(({ record }) => field !== undefined && Object.keys(record).includes(field))
  return [guilty, chunk.filter((prepared) => !guilty.includes(prepared))]
}

/**
 * Splits records, in order, into chunks that fit into one call. A record that is too large for any call is alone. A queue is never
 * split: what does not fit into its chunk is left out.
 */
function chunksOf<Item extends Queued>(call: RecordCall, items: readonly Item[], room: number): Prepared<Item>[][] {
  const chunks: Prepared<Item>[][] = []
  const chunkOf = new Map<string, Prepared<Item>[]>()
  let bytes = Infinity
  for (const item of items) {
    const { record, queue } = item
    const json = JSON.stringify(record)
    const size = Buffer.byteLength(json) + 1
    const isFull = bytes + size > room || chunks[chunks.length - 1].length === call.size
    const ofQueue = queue === undefined ? undefined : chunkOf.get(queue)
    if (ofQueue && (isFull || ofQueue !== chunks[chunks.length - 1])) continue
    if (isFull) {
      chunks.push([])
      bytes = 0
    }
    const chunk = chunks[chunks.length - 1]
    chunk.push({ item, record, queue, json })
    bytes += size
    if (queue !== undefined) chunkOf.set(queue, chunk)
  }
  return chunks
}

/** The request, from records that were serialized once, when they were measured. */
function requestOf<Item>(
  { call, id = '', head = {} }: RecordTarget,
  chunk: Prepared<Item>[]
): [RequestOptions, string] {
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
