import { CALLS } from '../src/marketo/calls/all-calls'
import { isRetried } from '../src/marketo/transport/outcome'
import { RECORD_CALLS } from '../src/marketo/calls/record-calls'
import { CODES, UNKNOWN_CODE } from '../src/marketo/transport/errors'
import { table } from './markdown'

/** The codes that customers see, in the order of the page. The meanings come from Adobe's table of error codes. */
const MET: [codes: string[], meaning: string][] = [
  [['601', '602'], 'The access token is invalid, although Marketo has just issued it'],
  [['603'], "The API user's role lacks a permission, or an IP allowlist is on"],
  [['606'], 'All integrations together made too many API calls in 20 seconds'],
  [['607'], 'All integrations together used up the daily quota, which resets at midnight, US Central'],
  [['615'], 'All integrations together made too many API calls at once'],
  [['1016', '1019'], 'A queue in Marketo is full'],
  [['1020'], 'A daily limit is reached'],
  [['1029'], 'A queue in Marketo is full, or a daily limit is reached'],
  [['604'], 'Marketo took too long'],
  [['500', '502', '608', '614', '713', '719'], 'Marketo, or a part of it, is unavailable'],
  [['611'], 'Marketo has a system error'],
  [['709'], 'A rule in Marketo forbids it, for example because the name is taken'],
  [['711'], 'The folder is of the wrong type'],
  [['1001'], "A value does not match its field's type"],
  [['1002'], 'A value that Marketo needs is missing'],
  [
    ['1003'],
    'A value is not allowed here, for example an unknown activity type; or more than 1,000 leads match a value'
  ],
  [['1004'], 'The lead does not exist'],
  [['1005'], 'The lead already exists'],
  [['1006'], 'The lead field, or the attribute of the activity, does not exist'],
  [['1007'], 'Several leads match the value'],
  [['1008'], "The API user's role may not use the partition"],
  [['1009'], 'The instance has partitions, but the event names none'],
  [['1010'], 'The lead is in another partition'],
  [['1011'], 'Marketo cannot look up leads by this field'],
  [['1012'], 'The cookie belongs to another Marketo instance'],
  [['1013'], 'Marketo has no object with that name or ID'],
  [['1017'], 'The record of the custom object already exists'],
  [['1015'], 'The person is not on the list'],
  [['1025'], "The program's channel has no such status"],
  [['1037'], 'The person already has this program status, or a later one'],
  [['1028', '1049'], 'The activity has too many attributes, or attributes that are too long']
]

/**
 * The table of Marketo's errors as customers see them. The fate of the event, and the remedy, come from
 * the destination's own code.
 * @throws Error if codes in one row end differently, including those that customers do not see
 */
export function errorTable(): string {
  const met = new Set(MET.flatMap(([codes]) => codes))
  const others = [...CODES.keys()].filter((code) => !met.has(code))
  return table(
    ['Code', 'What it means', 'The event', 'What to do'],
    [
      ...MET.map(([codes, meaning]) => [codes.join(', '), meaning, ...endOf(codes)]),
      ["other codes in Adobe's table", 'These should not occur with this destination', ...endOf(others)],
      ['any other', 'Adobe does not list this code', ...endOf(['any other'])]
    ]
  )
}

/** The fate of an event with one of these codes, and the remedy. */
function endOf(codes: string[]): [fate: string, remedy: string] {
  const ends = codes.map((code) => CODES.get(code) ?? UNKNOWN_CODE)
  const statuses = [...new Set(ends.map(([status]) => status))]
  const [fate, ...otherFates] = new Set(
    statuses.map((status) => (isRetried({ status }) ? 'Retried' : 'Fails for good'))
  )
  const [remedy, ...otherRemedies] = new Set(
    ends.map(([status, advice], i) => (status === 403 ? PERMISSION : remedyFor(codes[i], advice)))
  )
  if (otherFates.length > 0 || otherRemedies.length > 0) throw new Error(`${codes.join(', ')} end differently.`)
  // Markdown would read underscores as emphasis.
  return [fateFor(codes, `${fate} (${statuses.join(', ')})`), remedy.replace(/\S*_\S*/g, '`$&`')]
}

/** For some calls, a code says that nothing is left to do. */
function fateFor(codes: string[], fate: string): string {
  const isDone = Object.values(RECORD_CALLS).some(({ alreadySo = [] }) =>
    codes.some((code) => alreadySo.includes(code))
  )
  const isAdvised = Object.values(CALLS).some(({ advice = {} }) => codes.some((code) => code in advice))
  if (!isDone) return fate
  return isAdvised ? `${fate}, or done` : 'Done'
}

/** The advice of each call for a code, and of all others. */
function remedyFor(code: string, general: string | undefined): string {
  const ofCalls = Object.values(CALLS).flatMap(({ name, advice }) =>
    advice?.[code] ? [`${name}: ${advice[code]}`] : []
  )
  for (const { name, alreadySo } of Object.values(RECORD_CALLS)) {
    if (alreadySo?.includes(code)) ofCalls.push(`${name}: It counts as done.`)
  }
  if (ofCalls.length === 0) return general ?? SEE
  return [...new Set(ofCalls), ...(general === undefined ? [] : [`Other calls: ${general}`])].join(' ')
}

/** The message of an event names the permission that its call needs. */
const PERMISSION =
  "Give the API user's role the permission that the message names (Admin > Users & Roles), and check the IP allowlist."
const SEE = "Marketo's message says what to correct."
