import { listActivityTypes, describeActivityType } from './activity-types'
import { addActivities } from './add-activities'
import { usage } from './call-limits'
import type { Endpoint, Fault } from './contract'
import { deleteLeads } from './delete-leads'
import { answerUnder } from './faults'
import { getLeads } from './get-leads'
import { html, json, type Answer } from './http-answer'
import { describeLeads } from './lead-fields'
import type { Marketo } from './marketo'
import { MarketoError, reason, type Reason } from './marketo-errors'
import { readCall, type Call } from './rest-call'
import type { HttpCall } from './server'
import { syncLeads } from './sync-leads'
import { associateLead } from './web-tracking'

interface Result {
  result?: unknown[]
  nextPageToken?: string
  moreResult?: boolean
}

interface Route {
  endpoint: Endpoint
  method: string
  path: RegExp
  /** True: the body is JSON with an `input` of records. */
  takesRecords?: true
  handle: (marketo: Marketo, call: Call) => Result
}

const route = (endpoint: Endpoint, method: string, path: string, handle: Route['handle']): Route => ({
  endpoint,
  method,
  path: new RegExp(`^/rest/v1/${path}\\.json$`),
  handle
})

const ROUTES: Route[] = [
  { ...route('syncLeads', 'POST', 'leads', syncLeads), takesRecords: true },
  route('getLeads', 'GET', 'leads', getLeads),
  { ...route('deleteLeads', 'DELETE', 'leads(?:/delete)?', deleteLeads), takesRecords: true },
  { ...route('deleteLeads', 'POST', 'leads/delete', deleteLeads), takesRecords: true },
  route('describeLeads', 'GET', 'leads/describe2', describeLeads),
  route('associateLead', 'POST', 'leads/(\\d+)/associate', associateLead),
  { ...route('addActivities', 'POST', 'activities/external', addActivities), takesRecords: true },
  route('activityTypes', 'GET', 'activities/external/types', listActivityTypes),
  route('activityType', 'GET', 'activities/external/type/([^/]+)/describe', describeActivityType),
  route('usage', 'GET', 'stats/usage', usage)
]

/** A call that passes the token check counts against the quota, whatever becomes of it. */
export async function answerRest(marketo: Marketo, http: HttpCall): Promise<Answer | undefined> {
  const { limits, tokens, calls, faults } = marketo
  if (http.url.length > limits.uriBytes) return html(414)
  if (http.body.length > limits.bodyBytes) return html(413)
  let end: (() => void) | undefined
  try {
    tokens.check(http.headers.authorization)
    const method = http.params.get('_method') ?? http.method
    const ofPath = ROUTES.filter(({ path }) => path.test(http.path))
    const route = ofPath.find((candidate) => candidate.method === method)
    end = calls.begin(route?.endpoint)
    if (!route) throw new MarketoError(ofPath.length > 0 ? '605' : '610')
    const fault = faults.take(route.endpoint)
    marketo.beforeCall(route.endpoint)
    return await answerUnder(fault, () => execute(marketo, route, http, fault))
  } catch (error) {
    return refused(marketo, error)
  } finally {
    end?.()
  }
}

function execute(marketo: Marketo, route: Route, http: HttpCall, fault: Fault | undefined): Answer {
  try {
    if (fault?.kind === 'error') throw new MarketoError(faultReason(fault))
    const call = readCall(http, route, marketo.limits)
    return envelope(marketo, { ...outcome(marketo, route, call, fault), success: true })
  } catch (error) {
    return refused(marketo, error)
  }
}

function outcome(marketo: Marketo, route: Route, call: Call, fault: Fault | undefined): Result {
  if (fault?.kind === 'record') {
    const reasons = [faultReason(fault)]
    const skipped = { status: 'skipped', ...(route.endpoint === 'addActivities' ? { errors: reasons } : { reasons }) }
    return { result: call.input.map(() => skipped) }
  }
  if (fault?.kind !== 'short') return route.handle(marketo, call)
  if (route.takesRecords && !fault.executed) return route.handle(marketo, { ...call, input: call.input.slice(0, -1) })
  const { result = [], ...others } = route.handle(marketo, call)
  return { ...others, result: result.slice(0, -1) }
}

function faultReason({ code = '611', message }: Fault): Reason {
  return message === undefined ? reason(code) : { code, message }
}

function refused(marketo: Marketo, error: unknown): Answer {
  if (!(error instanceof MarketoError)) throw error
  return envelope(marketo, { success: false, errors: [error.reason] })
}

let answers = 0

function envelope({ now }: Marketo, content: object): Answer {
  return json({ requestId: `${(++answers).toString(16)}#${now().toString(16)}`, ...content })
}
