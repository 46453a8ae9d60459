import { IntegrationError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import type { LeadKey } from '../leads/who/keys'
import { describeLeads } from '../marketo/areas/leads'
import { orTell } from './errors'
import { clientFor } from './perform'

/**
 * Gets an access token and, with one Describe Lead 2 call, checks that the API user may read leads, and that the custom
 * fields for finding leads exist.
 * @throws an error that says what failed, and what to do about it in Marketo's admin pages
 */
export async function testAuthentication(request: RequestClient, { settings }: { settings: Settings }): Promise<void> {
  const { fields, searchable } = await orTell(async () => describeLeads(clientFor(request, settings)))
  const needed: LeadKey[] = settings.trackAnonymousActivity ? ['userId', 'anonymousId'] : ['userId']
  for (const name of needed) {
    if (searchable.has(name)) continue
    const field = fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
    throw new IntegrationError(problemWith(name, field?.name), 'LEAD_FIELD_MISSING', 400)
  }
}

function problemWith(name: LeadKey, similar: string | undefined): string {
  const create = `In Marketo, go to Admin > Field Management > New Custom Field, and create one of type String with exactly the API name ${name}.`
  if (similar === undefined) return `Marketo has no lead field with the API name "${name}". ${create}`
  if (similar !== name) return `Marketo's lead field "${similar}" must have the API name "${name}" exactly. ${create}`
  return `Marketo's lead field "${name}" is not searchable: its type must be String. ${create}`
}
