import { CALLS } from '../src/marketo/calls'
import { CODES, failureFor } from '../src/marketo/errors'
import { table } from './markdown'

/** What a customer meets, in the order of the page; what it means comes from Adobe's table of error codes. */
const MET: [codes: string[], meaning: string][] = [
  [['601', '602'], 'The access token is not valid any more, and a new one was refused too'],
  [['603'], "The API user's role lacks a permission, or an IP allowlist is on"],
  [['606'], 'Too many calls in 20 seconds, by all integrations together'],
  [['607'], 'The calls of the day are used up, by all integrations together; reset at midnight, US Central'],
  [['615'], 'Too many calls at once, by all integrations together'],
  [['1016', '1019', '1020', '1029'], 'A queue in Marketo is full'],
  [['604'], 'Marketo took too long'],
  [['500', '611', '502', '608', '614', '713', '719'], 'Marketo, or a part of it, is out of order'],
  [['1001'], "A value does not suit its field's type"],
  [['1002'], 'A value that Marketo needs is missing'],
  [
    ['1003'],
    'A value is not allowed here, for example an activity type that is none; or more than 1,000 leads match a value'
  ],
  [['1004'], 'There is no such lead'],
  [['1005'], 'There is such a lead already'],
  [['1006'], 'There is no lead field, or attribute of the activity, of that name'],
  [['1007'], 'Several leads have the value that the lead is looked up by'],
  [['1008'], "The API user's role may not use the partition"],
  [['1009'], 'The instance has partitions, and none is named'],
  [['1010'], 'The lead is in another partition than the one named'],
  [['1011'], 'Leads cannot be looked up by this field'],
  [['1012'], 'The cookie is none of this instance'],
  [['1013'], 'There is no object of that name or ID'],
  [['1028', '1049'], 'The activity has too many attributes, or too long ones']
]

/** Codes that only calls of other kinds get: for those, Marketo's own message has to do. */
const NOT_MET = (
  '605 609 610 612 613 616 701 702 703 704 709 710 711 712 714 718 1014 1015 1017 1018 1021 1022 1025 1026 1027 1035 ' +
  '1036 1037 1042 1048 1076 1077 1078 1079 1080'
).split(' ')

/**
 * The table of Marketo's errors as a customer meets them: what becomes of the event, and the remedy, are the
 * destination's own.
 * @throws Error when it lacks a code that the destination knows, or puts codes together that end differently
 */
export function errorTable(): string {
  const missing = [...CODES.keys()].filter((code) => ![...MET.flatMap(([codes]) => codes), ...NOT_MET].includes(code))
  if (missing.length > 0) throw new Error(`The table of errors lacks ${missing.join(', ')}.`)
  return table(
    ['Code', 'What it means', 'The event', 'What to do'],
    [
      ...MET.map(([codes, meaning]) => [codes.join(', '), meaning, ...endOf(codes)]),
      ["others of Adobe's table", 'Not expected for what this destination calls', ...endOf(NOT_MET)],
      ['any other', 'Not in the table: an event is not dropped for it', ...endOf(['99999'])]
    ]
  )
}

const PERMISSION = 'the permission that the message names'

/** What becomes of an event with one of these codes, and the remedy in the words of its outcome. */
function endOf(codes: string[]): [fate: string, remedy: string] {
  const statuses = new Set<number>()
  const remedies = new Set<string>()
  for (const code of codes) {
    const { status, message } = failureFor({ ...CALLS.syncLeads, permission: '' }, { code, message: '' }, {})
    statuses.add(status)
    remedies.add(message.replace(/^.*?Marketo error \d+,\.? ?/, '').replace('the permission ""', PERMISSION))
  }
  const fates = new Set([...statuses].map((status) => (isRetried(status) ? 'Sent again' : 'Fails for good')))
  if (remedies.size > 1 || fates.size > 1) throw new Error(`${codes.join(', ')} end differently.`)
  return [
    `${[...fates].join()} (${[...statuses].join(', ')})`,
    // A name with an underscore would be read as emphasis.
    [...remedies].join().replace(/\S*_\S*/g, '`$&`') || "Marketo's message says what to correct."
  ]
}

/** Segment's rule for the statuses that this destination ends events with. */
const isRetried = (status: number): boolean => status === 429 || status >= 500
