import type { Fault } from '../contract'
import { ApiError, reason, type Reason } from '../state/errors'
import type { Marketo } from '../state/marketo'
import { readCall, type ReceivedCall } from './call'
import { REST_TARGETS, type FaultTarget } from './fault-targets'
import { answerUnder } from './faults'
import { HANDLERS, type Result } from './handler-table'
import { html, json, type Answer, type HttpCall } from './message'
import { routesTo, type Route } from './routes'
import { skipped } from './skipped'
import type { Troubles } from './troubles'

/** Every call that passes the token check counts against the quota, even if it fails. */
export async function answerRest(marketo: Marketo, troubles: Troubles, http: HttpCall): Promise<Answer | undefined> {
  const { limits, tokens, quota } = marketo
  if (http.url.length > limits.uriBytes) return html(414)
  if (http.body.length > limits.bodyBytes) return html(413)
  let end: (() => void) | undefined
  try {
    tokens.check(bearerOf(http))
    const method = http.params.get('_method') ?? http.method
    const ofPath = routesTo(http.path)
    const route = ofPath.find((candidate) => candidate.method === method)
    end = quota.begin(route?.endpoint)
    if (!route) throw new ApiError(ofPath.length > 0 ? '605' : '610')
    marketo.permissions.check(route.row.needs)
    const fault = troubles.faults.take(REST_TARGETS.get(route.endpoint) as FaultTarget)
    troubles.beforeCall(route.endpoint, marketo)
    return await answerUnder(fault, () => execute(marketo, route, http, fault))
  } catch (error) {
    return refused(marketo, error)
  } finally {
    end?.()
  }
}

function bearerOf({ headers }: HttpCall): string | undefined {
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
  return token
}

/** The answer to a call that may be made: who makes it, and how often, was checked before. */
export function execute(marketo: Marketo, route: Route, http: HttpCall, fault?: Fault): Answer {
  try {
    if (fault?.kind === 'error') throw new ApiError(faultReason(fault))
    const call = readCall(http, route, marketo.limits)
    const done = { ...outcome(marketo, route, call, fault), success: true }
    return envelope(marketo, isAsset(http) ? { errors: [], ...done } : done)
  } catch (error) {
    return refused(marketo, error)
  }
}

function outcome(marketo: Marketo, { endpoint, row }: Route, call: ReceivedCall, fault: Fault | undefined): Result {
  const handle = HANDLERS[endpoint]
  if (fault?.kind === 'record') {
    const reasons = [faultReason(fault)]
    return { result: call.input.map((record, seq) => skipped(row.skips ?? 'plainly', reasons, record, seq)) }
  }
  if (fault?.kind !== 'short') return handle(marketo, call)
  if (row.gives === 'records' && !fault.executed) return handle(marketo, { ...call, input: call.input.slice(0, -1) })
  if (row.gives === 'one' && !fault.executed) return { result: [] }
  const { result = [], ...others } = handle(marketo, call)
  return { ...others, result: result.slice(0, -1) }
}

/** The Asset API's envelope always has `errors` and `warnings`. */
const isAsset = ({ path }: HttpCall) => path.startsWith('/rest/asset/')

function faultReason({ code = '611', message }: Fault): Reason {
  return message === undefined ? reason(code) : { code, message }
}

function refused(marketo: Marketo, error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error
  return envelope(marketo, { success: false, errors: [error.reason] })
}

let answers = 0

function envelope({ now }: Marketo, content: object): Answer {
  answers++
  return json({ requestId: `${answers.toString(16)}#${now().toString(16)}`, ...content })
}
