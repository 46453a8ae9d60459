import { IntegrationError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { describeLeads } from '../marketo/areas/leads'
import { orTell } from './errors'
import { keyFieldProblem, neededKeyFields } from './key-fields'
import { clientFor } from './perform'

/**
 * Gets an access token and, with one Describe Lead 2 call, checks that the API user may read leads, and that the custom
 * fields for finding leads exist.
 * @throws an error that says what failed, and what to do about it in Marketo's admin pages
 */
export async function testAuthentication(request: RequestClient, { settings }: { settings: Settings }): Promise<void> {
  const described = await orTell(async () => describeLeads(clientFor(request, settings)))
  for (const name of neededKeyFields(settings)) {
    const problem = keyFieldProblem(name, described)
    if (problem) throw new IntegrationError(`${problem.what} ${problem.remedy}`, 'LEAD_FIELD_MISSING', 400)
  }
}
