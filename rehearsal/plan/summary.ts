import type { LeadName, Plan } from './contract'

const MOST_FREQUENT = 10

/** What a plan says, for people. @param about what was rehearsed */
export function summaryOf(
  plan: Plan,
  about: { events: number; mappings: string[]; off: string[]; marketo: string }
): string {
  return [
    `Rehearsal of ${count(about.events, 'event')} against ${about.marketo}. Nothing was written.`,
    `Mappings: ${about.mappings.join(', ') || 'none'}.${about.off.length > 0 ? ` Off: ${about.off.join(', ')}.` : ''}`,
    '',
    ...outcomeLines(plan),
    '',
    ...leadLines(plan),
    ...effectLines(plan),
    '',
    ...unknownLines(plan),
    `REST calls: ${number(plan.calls.read)} read from Marketo, ${number(
      plan.calls.withheld
    )} withheld that a run would make.`
  ].join('\n')
}

function outcomeLines({ events, notTaken }: Plan): string[] {
  const done = events.filter(({ status }) => status < 400)
  const again = events.filter(({ status }) => isRetried(status))
  const refused = events.filter(({ status }) => status >= 400 && !isRetried(status))
  return [
    `Done:       ${number(done.length)}`,
    `Refused:    ${number(refused.length)}`,
    ...reasonsOf(refused),
    ...(again.length > 0
      ? [`Not ended:  ${number(again.length)}, which Segment would send again`, ...reasonsOf(again)]
      : []),
    `Not taken:  ${number(notTaken)} by any mapping`
  ]
}

const isRetried = (status: number): boolean => status === 429 || status >= 500

const reasonsOf = (events: Plan['events']): string[] =>
  mostFrequent(events.map(({ mapping, message = '' }) => `${mapping}: ${message}`))

function leadLines({ leads, merges }: Plan): string[] {
  const created = leads.filter((lead) => 'new' in lead)
  const updated = leads.filter((lead) => 'id' in lead)
  const fieldsOf = (some: Plan['leads']) => mostFrequent(some.flatMap(({ fields }) => Object.keys(fields)))
  const changes = updated.flatMap(({ fields }) =>
    Object.entries(fields).map(([name, [before, after]]) => `${name}: ${shown(before)} -> ${shown(after)}`)
  )
  return [
    `Leads created:  ${number(created.length)}`,
    ...fieldsOf(created),
    `Leads updated:  ${number(updated.length)}`,
    ...fieldsOf(updated),
    ...(changes.length > 0 ? ['The most frequent changes:', ...mostFrequent(changes)] : []),
    `Leads merged:   ${number(merges.length)}`
  ]
}

function effectLines(plan: Plan): string[] {
  const { activities, visits, lists, campaigns, programs, objects, forms, associations } = plan
  const lines: [string, number][] = [
    ['Activities', activities.length],
    ['Web visits', visits.length],
    ['Visitors tied to leads', associations.length],
    ['Added to lists', lists.filter(({ action }) => action === 'add').length],
    ['Removed from lists', lists.filter(({ action }) => action === 'remove').length],
    ['Campaign requests', campaigns.length],
    ['Changes in programs', programs.length],
    ['Changes of custom objects', objects.length],
    ['Forms submitted', forms.length]
  ]
  return lines.filter(([, total]) => total > 0).map(([what, total]) => `${what}: ${number(total)}`)
}

function unknownLines({ unknown }: Plan): string[] {
  if (unknown.length === 0) return []
  const events = new Set(unknown.map(({ event }) => event)).size
  return [
    `Only Marketo can decide about ${count(events, 'event')}:`,
    ...mostFrequent(unknown.map(({ why }) => why)),
    ''
  ]
}

/** The texts that occur most often, with how often. */
function mostFrequent(texts: string[]): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const sorted = [...counts].sort(([, one], [, other]) => other - one)
  const rest = sorted.slice(MOST_FREQUENT).reduce((sum, [, times]) => sum + times, 0)
  return [
    ...sorted.slice(0, MOST_FREQUENT).map(([text, times]) => `  ${number(times).padStart(7)} × ${text}`),
    ...(rest > 0 ? [`  ${number(rest).padStart(7)} × others: --out has them all`] : [])
  ]
}

const shown = (value: unknown): string => (value === null ? 'nothing' : JSON.stringify(value))
const number = (value: number): string => value.toLocaleString('en')
const count = (many: number, what: string): string => `${number(many)} ${what}${many === 1 ? '' : 's'}`

/** The changes of leads as CSV, a line for each lead and field. */
export function csvOf({ leads }: Plan): string {
  const nameOf = (lead: Plan['leads'][number]): LeadName => ('id' in lead ? lead.id : lead.new)
  const rows = leads.flatMap((lead) => {
    const fields = Object.entries(lead.fields)
    if (fields.length === 0) return [[nameOf(lead), '', '', '']]
    return fields.map(([name, [before, after]]) => [nameOf(lead), name, before ?? '', after ?? ''])
  })
  return [['lead', 'field', 'before', 'after'], ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('')
}

/** A spreadsheet would run text that looks like a formula. */
function cellOf(value: string | number | boolean): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
