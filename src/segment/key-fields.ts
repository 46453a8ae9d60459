import type { Settings } from '../generated-types'
import type { LeadKey } from '../leads/who/keys'
import type { describeLeads } from '../marketo/areas/leads'

/** A custom lead field by which leads are found, but which an instance does not have as it must be. */
interface KeyFieldProblem {
  readonly isMissing: boolean
  readonly what: string
  /** What to do about it in Marketo. */
  readonly remedy: string
}

/** The key fields that an instance needs. */
export const neededKeyFields = ({ trackAnonymousActivity }: Pick<Settings, 'trackAnonymousActivity'>): LeadKey[] =>
  trackAnonymousActivity ? ['userId', 'anonymousId'] : ['userId']

/** @returns undefined if the instance has the field, and leads can be looked up by it */
export function keyFieldProblem(
  name: LeadKey,
  { fields, searchable }: Pick<Awaited<ReturnType<typeof describeLeads>>, 'fields' | 'searchable'>
): KeyFieldProblem | undefined {
  if (searchable.has(name)) return undefined
  const similar = fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())?.name
  return { isMissing: similar === undefined, what: wrongWith(name, similar), remedy: createdAs(name) }
}

function wrongWith(name: LeadKey, similar: string | undefined): string {
  if (similar === undefined) return `Marketo has no lead field with the API name "${name}".`
  if (similar !== name) return `Marketo's lead field "${similar}" must have the API name "${name}" exactly.`
  return `Marketo's lead field "${name}" is not searchable: its type must be String.`
}

const createdAs = (name: LeadKey): string =>
  `In Marketo, go to Admin > Field Management > New Custom Field, and create one of type String with exactly the API name ${name}.`
