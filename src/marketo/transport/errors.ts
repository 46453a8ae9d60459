import type { JSONLikeObject } from '@segment/actions-core'
import type { Call } from './call'
import { ANSWER_LENGTH, MESSAGE_LENGTH } from './limits'
import type { Failure } from './outcome'

/** Marketo refused the access token, and executed nothing. So the same call can be made again with a new one. */
const TOKEN_CODES = ['601', '602']

export const isTokenRefused = ({ code = '' }: Failure): boolean => TOKEN_CODES.includes(code)

/** Marketo needs a value that is not there. */
export const VALUE_MISSING = '1002'
export const LEAD_NOT_FOUND = '1004'
/** The advice for it, if the lead was there a moment ago, or the mapping names it. */
export const LEAD_GONE = 'The lead is gone from Marketo: correct Marketo Lead ID, if you map it.'
export const LEAD_EXISTS = '1005'
export const OBJECT_EXISTS = '1017'
/** This instance has no such field, or does not let us write it; 1021 is for company fields. */
export const FIELD_MISSING = '1006'
export const COMPANY_REFUSED = '1021'
export const FIELD_REFUSED = [FIELD_MISSING, COMPANY_REFUSED]
/** The value is not of the field's type. Leads (leads/rounds/repair.ts) and activities are converted and sent once more. */
export const VALUE_REFUSED = ['1001', '1003']
export const SEVERAL_LEADS = '1007'
/** The limits of an instance: 100 calls in 20 seconds, the daily quota, 10 calls at once. */
export const CALL_LIMITS = ['606', '607', '615']
/** Among other things: more than 1,000 leads match a filter. Then leads.ts asks for fewer values. */
export const TOO_MANY_RESULTS = '1003'
export const INVALID_COOKIE = '1012'
/** Marketo has no list, campaign, program or other object with that ID or name. */
export const OBJECT_NOT_FOUND = '1013'

const RETRY = 500
const UNAVAILABLE = 503
const TIMED_OUT = 504
const THROTTLED = 429
const PERMANENT = 400

export const RETRIED = 'Segment retries events for up to four hours.'
/** For connection tests and dynamic fields, which have no event, {@link withoutEvents} changes the text. */
export const LATER = `This is usually temporary. ${RETRIED}`
/** What a replay doubles, and which options prevent that: the docs say more, under "What a replay doubles". */
const ASK_FOR_REPLAY =
  'Replay the events that it gives up on. A replay sends all events of that time again: activities are doubled unless Prevent Duplicates is on, campaigns and forms run again unless Maximum Age refuses old events, and page visits are doubled.'
const JUST_ACCEPTED = `Marketo refuses the access token that it has just issued. ${LATER}`

/** Codes whose message from Marketo says enough. */
const PERMANENT_CODES = (
  '605 609 610 612 613 616 701 702 703 704 709 710 711 712 714 718 ' +
  '1013 1014 1015 1017 1018 1021 1022 1025 1026 1027 1028 1035 1036 1037 1042 1048 1049 1076 1077 1078 1079 1080'
).split(' ')

/**
 * What Marketo's error codes mean for an event: the status that tells Segment whether to send it again, and what the
 * customer can do. Codes are the same at response level and at record level.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes
 */
export const CODES = new Map<string, [status: number, advice?: string]>([
  ...PERMANENT_CODES.map((code): [string, [number]] => [code, [PERMANENT]]),
  ['500', [RETRY, LATER]],
  ['502', [502, LATER]],
  ['601', [UNAVAILABLE, JUST_ACCEPTED]],
  ['602', [UNAVAILABLE, JUST_ACCEPTED]],
  ['603', [403]],
  ['604', [TIMED_OUT, LATER]],
  ['606', [THROTTLED, `The instance allows 100 calls in 20 seconds. ${LATER}`]],
  [
    '607',
    [
      THROTTLED,
      `The API quota is used up until midnight, US Central (Admin > Web Services). ${RETRIED} ${ASK_FOR_REPLAY}`
    ]
  ],
  ['608', [UNAVAILABLE, LATER]],
  ['611', [RETRY, LATER]],
  ['614', [UNAVAILABLE, LATER]],
  ['615', [THROTTLED, `The instance allows 10 calls at once. ${LATER}`]],
  ['713', [UNAVAILABLE, LATER]],
  ['719', [UNAVAILABLE, LATER]],
  ['1001', [PERMANENT, "Send a value of the field's type."]],
  ['1002', [PERMANENT, 'Map a value to the field that the message names.']],
  ['1003', [PERMANENT, 'Correct the value that the message names.']],
  ['1004', [PERMANENT, 'The lead does not exist in Marketo, or no longer exists.']],
  ['1005', [PERMANENT]],
  ['1006', [PERMANENT, 'Compare the name in the message with the one in Marketo: upper and lower case matter.']],
  ['1007', [PERMANENT, 'Merge the duplicate leads in Marketo.']],
  ['1008', [PERMANENT, "Give the API user's role access to the partition (Admin > Workspaces & Partitions)."]],
  ['1009', [PERMANENT, 'Map the name of a partition to Partition Name.']],
  ['1010', [PERMANENT]],
  ['1011', [PERMANENT, 'Leads are found only by searchable fields: string, email or integer.']],
  ['1012', [PERMANENT, 'Map the whole value of the _mkto_trk cookie, set by this instance.']],
  ['1016', [THROTTLED, LATER]],
  ['1019', [THROTTLED, LATER]],
  ['1020', [THROTTLED, `Marketo's daily limit resets at midnight, US Central. ${RETRIED} ${ASK_FOR_REPLAY}`]],
  [
    '1029',
    [THROTTLED, `A Marketo queue is full, or its daily limit is reached until midnight. ${RETRIED} ${ASK_FOR_REPLAY}`]
  ]
])

/** An event is never dropped because of a code that is not in the table. */
export const UNKNOWN_CODE: [status: number, advice: string] = [RETRY, `This code is unknown. ${RETRIED}`]

/** One error as Marketo words it, at response level (`errors`) or at record level (`reasons`). */
export interface MarketoReason {
  code: string
  message: string
}

/** All reasons that Marketo gives for a failure: leads give `reasons`, activities and whole calls `errors`. */
export function reasonsIn({ body }: Failure): MarketoReason[] {
  const lists = [body?.reasons, body?.errors] as (MarketoReason[] | undefined)[]
  const reasons = lists.find((list) => Array.isArray(list)) ?? []
  return reasons.map((reason) => ({ code: String(reason?.code), message: String(reason?.message) }))
}

/**
 * The field that a refusal is about, if Marketo names one in its own form: `Field 'plan' not found`. Words inside a name, which may
 * come from a visitor, name nothing.
 */
export function fieldNamedIn({ message }: MarketoReason): string | undefined {
  return /^Field '([^]*)' not found\.?$/.exec(message)?.[1]
}

/**
 * @param call the call that answered with the error
 * @param body Marketo's answer, as the customer sees it
 * @returns the failure that the error means; an unknown code counts as temporary
 */
export function failureFor(call: Call, { code, message: words }: MarketoReason, body: JSONLikeObject): Failure {
  const message = shortened(String(words), MESSAGE_LENGTH)
  const [status, general] = CODES.get(String(code)) ?? UNKNOWN_CODE
  const advice = call.advice?.[code] ?? general
  const remedy =
    status === 403
      ? `Give the API user's role the permission "${call.permission}" (Admin > Users & Roles), and check the IP allowlist.`
      : advice
  return {
    status,
    message: sentences(`${call.name}: Marketo error ${code}, ${message}`, remedy),
    code: String(code),
    body: JSON.stringify(body).length > ANSWER_LENGTH ? { errors: [{ code: String(code), message }] } : body
  }
}

/** Text of at most about this length; it says if something is missing. No word is cut, which could be half of a secret. */
export const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length).replace(/\S*$/, '')}[cut]` : text

/** A failure's message if there is no event to retry. */
export function withoutEvents(message: string): string {
  return message.split(RETRIED).join('Try again later.').replace(` ${ASK_FOR_REPLAY}`, '')
}

/** Joins sentences, each ending in a period. */
export function sentences(...parts: (string | undefined)[]): string {
  return parts
    .filter((part) => part)
    .map((part) => `${part}`.trimEnd())
    .map((part) => (part.endsWith('.') ? part : `${part}.`))
    .join(' ')
}
