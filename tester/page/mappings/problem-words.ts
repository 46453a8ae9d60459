import type { Field, Mapping } from '../shared/manifest'
import type { Mapped } from '../shared/server'

/** @returns the problems in this event by field, in the words of a person who sets up the mapping */
export function problemWords(
  { problems }: Mapped,
  fields: Record<string, Field>,
  mapping: Mapping
): { field?: string; words: string }[] {
  return problems.map(({ field, message }) => {
    const known = field === undefined ? undefined : fields[field]
    if (!known || !message.includes('missing the required field')) return { field, words: message }
    return { field, words: missingWords(known, mapping[field ?? ''] !== undefined) }
  })
}

/** The framework says `missing the required field 'activityTypeId'`; a marketer chooses an activity type. */
function missingWords({ label, dynamic, choices }: Field, isMapped: boolean): string {
  const name = nounOf(label)
  if (isMapped) return `This event has no value for it. Choose another path for the ${name}, or enter a value.`
  if (dynamic || choices) return `Choose ${withArticle(name)}.`
  return `Choose where in the event the ${name} is, or enter one.`
}

/** A person who fills in "Activity Type ID" chooses an activity type. */
const nounOf = (label: string): string => label.replace(/ ID$/, '').toLowerCase()
const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
