import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../marketo/client'
import { converted, isPlain } from '../marketo/convert'
import { COMPANY_REFUSED, FIELD_REFUSED, VALUE_REFUSED } from '../marketo/errors'
import { leadFieldTypes, refusalsOf, rememberRefused } from '../marketo/instance-fields'
import { syncLeads } from '../marketo/leads'
import type { SyncTarget } from '../marketo/leads'
import { isFailure } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'

/** A record for Sync Leads, with its dispensable fields: those of the default mappings. */
export interface Draft {
  record: JSONLikeObject
  dispensable: ReadonlySet<string>
}

/** A draft on its way. */
interface Attempt extends Draft {
  leftOut: string[]
  isConverted?: boolean
}

/**
 * Sends records. If Marketo refuses one for a reason that can be fixed, it is sent once more: without a default field that this
 * instance lacks or does not let us write, or with values converted to the fields' types.
 * @returns one outcome for each record, in order; the body of a success lists under `leftOut` what was left out
 */
export async function syncMended(client: MarketoClient, target: SyncTarget, drafts: Draft[]): Promise<Outcome[]> {
  const refusals = refusalsOf(client)
  let waiting = new Map(drafts.map((draft, i) => [i, withoutRefused(draft, refusals)]))
  const outcomes = new Array<Outcome>(drafts.length)
  while (waiting.size > 0) {
    const sent = await syncLeads(
      client,
      target,
      [...waiting.values()].map(({ record }) => record)
    )
    const mended = new Map<number, Attempt>()
    for (const [n, [i, attempt]] of [...waiting].entries()) {
      const outcome = sent[n]
      outcomes[i] = isFailure(outcome) ? outcome : withLeftOut(outcome, attempt.leftOut)
      const again = isFailure(outcome) ? await mend(client, attempt, outcome) : undefined
      if (again) mended.set(i, again)
    }
    waiting = mended
  }
  return outcomes
}

function withLeftOut(outcome: Exclude<Outcome, Failure>, leftOut: string[]): Outcome {
  return leftOut.length > 0 ? { ...outcome, body: { ...outcome.body, leftOut } } : outcome
}

/** Leaves out fields that the instance refused within the last hour. */
function withoutRefused({ record, dispensable }: Draft, refusals: ReadonlyMap<string, string> | undefined): Attempt {
  const reasons: { field: string; reason: string }[] = []
  for (const [field, reason] of refusals ?? []) {
    if (field in record && dispensable.has(field)) reasons.push({ field, reason })
  }
  return without({ record, dispensable, leftOut: [] }, reasons)
}

/** @returns the fixed record; undefined if nothing can be fixed */
async function mend(client: MarketoClient, attempt: Attempt, failure: Failure): Promise<Attempt | undefined> {
  const { code = '' } = failure
  if (FIELD_REFUSED.includes(code)) {
    const reasons = refusedFields(attempt, failure).map((field) => ({ field, reason: failure.message }))
    for (const { field, reason } of reasons) rememberRefused(client, field, reason)
    return reasons.length > 0 ? without(attempt, reasons) : undefined
  }
  if (!VALUE_REFUSED.includes(code) || attempt.isConverted) return undefined
  const types = await leadFieldTypes(client).catch(() => undefined)
  if (!types) return undefined
  const record = inTypes(attempt.record, types)
  return record && { ...attempt, record, isConverted: true }
}

/** The dispensable fields that Marketo names as refused. For a company field it names none. */
function refusedFields({ dispensable, record }: Attempt, { code, body, message }: Failure): string[] {
  const text = `${message} ${JSON.stringify(body)}`
  // Marketo quotes names, and another field's name may contain this one's: 'home city', 'company-size'.
  const quoted = [...text.matchAll(/'([^']*)'/g)].map(([, name]) => name)
  const names = new Set(quoted.length > 0 ? quoted : text.split(/\W+/))
  const named = [...dispensable].filter((field) => names.has(field))
  return named.length === 0 && code === COMPANY_REFUSED && 'company' in record && dispensable.has('company')
    ? ['company']
    : named
}

function without(attempt: Attempt, refused: { field: string; reason: string }[]): Attempt {
  if (refused.length === 0) return attempt
  const fields = new Set(refused.map(({ field }) => field))
  return {
    ...attempt,
    record: Object.fromEntries(Object.entries(attempt.record).filter(([name]) => !fields.has(name))),
    dispensable: new Set([...attempt.dispensable].filter((field) => !fields.has(field))),
    leftOut: [...attempt.leftOut, ...refused.map(({ field, reason }) => `${field}: ${reason}`)]
  }
}

/** @returns undefined if no value changes */
function inTypes(record: JSONLikeObject, types: ReadonlyMap<string, string>): JSONLikeObject | undefined {
  const entries = Object.entries(record).map(([name, value]) => {
    const type = types.get(name)
    return [name, isPlain(value) && type !== undefined ? converted(value, type) ?? value : value] as const
  })
  const isChanged = entries.some(([name, value]) => value !== record[name])
  return isChanged ? Object.fromEntries(entries) : undefined
}
