import { format } from 'node:util'

/** Marketo's code and words for a refusal: a whole call in `errors`, one record in `reasons`. */
export interface Reason {
  code: string
  message: string
}

/** Adobe's wording, https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes */
const MESSAGES: Record<string, string> = {
  500: 'Internal Server error',
  502: 'Bad Gateway',
  601: 'Access token invalid',
  602: 'Access token expired',
  603: 'Access denied',
  604: 'Request time-out',
  605: 'HTTP Method not supported',
  606: "Max rate limit '%s' exceeded with in '%s' secs",
  607: 'Daily quota reached',
  608: 'API Temporarily Unavailable',
  609: 'Invalid JSON',
  610: 'Requested resource not found',
  611: 'System error',
  612: 'Invalid Content Type',
  614: 'Invalid Subscription',
  615: 'Concurrent access limit reached',
  709: 'Business Rule Violation: %s',
  710: 'Parent Folder Not Found',
  713: 'Transient Error',
  1001: "Invalid value '%s'. Required of type '%s'",
  1002: "Missing value for the required parameter '%s'",
  1003: '%s',
  1004: 'Lead not found',
  1005: 'Lead already exists',
  1006: "Field '%s' not found",
  1007: 'Multiple leads match the lookup criteria',
  1008: "Access denied to partition '%s'",
  1010: 'Partition update not allowed',
  1011: "Field '%s' not supported",
  1012: "Invalid cookie value '%s'",
  1013: 'Object not found',
  1015: 'Lead not in list',
  1017: 'Object already exists',
  1025: 'Program status not found',
  1028: 'Max field limit reached',
  1036: 'Duplicate object found in input',
  1037: 'Lead skipped because it is already in or past this status',
  1029: 'Too many jobs in queue',
  1049: 'Failed to Create Activity. Attributes array too long',
  1080: 'Merge Leads call has more than %s leads to merge'
}

export function reason(code: string, ...values: unknown[]): Reason {
  return { code, message: format(MESSAGES[code] ?? `Error ${code}`, ...values) }
}

/** The whole call is refused, and nothing is executed. */
export class ApiError extends Error {
  readonly reason: Reason

  constructor(why: string | Reason, ...values: unknown[]) {
    super()
    this.reason = typeof why === 'string' ? reason(why, ...values) : why
  }
}
