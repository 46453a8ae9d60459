import { textOf } from '../migration/directive'
import type { Settings } from '../src/generated-types'
import { describeLeads } from '../src/marketo/areas/leads'
import type { MarketoClient } from '../src/marketo/transport/client'
import { withoutEvents } from '../src/marketo/transport/errors'
import { failureOf } from '../src/marketo/transport/outcome'
import type { Failure } from '../src/marketo/transport/outcome'
import { keyFieldProblem, neededKeyFields } from '../src/segment/key-fields'
import type { Check } from './actions/check'
import { checkRequestCampaign, checkSetProgramStatus, checkSyncList } from './actions/assets'
import { checkSendCustomActivity } from './actions/send-custom-activity'
import { checkSubmitForm } from './actions/submit-form'
import { checkSyncCustomObject } from './actions/sync-custom-object'
import { checkUpsertLead } from './actions/upsert-lead'
import { callsToday, partitionNames } from './asking'
import { found } from './finding'
import type { Finding, Found } from './finding'
import { mappedTo } from './mappings'
import type { CheckedMapping } from './mappings'
import { ReadOnlyClient } from './read-only'

/** The check of each action. Visit Web Page names nothing in Marketo. */
const CHECKS: Record<string, Check | undefined> = {
  upsertLead: checkUpsertLead,
  sendCustomActivity: checkSendCustomActivity,
  syncList: checkSyncList,
  requestCampaign: checkRequestCampaign,
  setProgramStatus: checkSetProgramStatus,
  submitForm: checkSubmitForm,
  syncCustomObject: checkSyncCustomObject
}

/** Calls a day, unless the customer has bought more: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api */
const CALLS_PER_DAY = 50_000

/**
 * Compares settings and mappings with what is set up in Marketo. It only reads, and its client cannot write.
 * @returns what was found, the connection first, then each mapping in order. Nothing of it holds a secret
 */
export async function checkSetup(settings: Settings, mappings: readonly CheckedMapping[]): Promise<Finding[]> {
  let client: MarketoClient
  try {
    client = new ReadOnlyClient(settings)
  } catch (error) {
    return [found('settings', failureOf(error).message)]
  }
  const ofConnection = await findingsOf(() => checkConnection(client, settings))
  if (ofConnection.some(({ name }) => name === 'settings')) return ofConnection
  const findings: Finding[] = [...ofConnection]
  for (const mapping of mappings) {
    const { name } = mapping
    const ofPartition = await findingsOf(() => checkPartition(client, mapping))
    const ofAction = await findingsOf(async () => (await CHECKS[mapping.action]?.(client, mapping)) ?? [])
    findings.push(...[...ofPartition, ...ofAction].map((finding) => ({ ...finding, mapping: name })))
  }
  return [...findings, ...(await findingsOf(() => checkQuota(client)))]
}

/** A call that Marketo refuses is a finding, too. */
async function findingsOf(check: () => Promise<Found[]>): Promise<Found[]> {
  try {
    return await check()
  } catch (error) {
    return [foundIn(failureOf(error))]
  }
}

/** The message of a 403 names the permission that the call needs. */
function foundIn({ status, message }: Failure): Found {
  const words = withoutEvents(message)
  if (status === 401) return found('settings', words)
  return status === 403 ? found('permission', words) : found('unread', words)
}

async function checkConnection(client: MarketoClient, settings: Settings): Promise<Found[]> {
  const described = await describeLeads(client)
  const problems = neededKeyFields(settings).flatMap((name) => keyFieldProblem(name, described) ?? [])
  return problems.map(({ what }) => found('key-field', what))
}

async function checkPartition(client: MarketoClient, { fields }: CheckedMapping): Promise<Found[]> {
  const mapped = mappedTo(fields.partitionName)
  if (mapped === undefined || mapped === 'from the event') return []
  const name = textOf(mapped.literal)
  if ((await partitionNames(client)).includes(name)) return []
  return [found('partition', `Marketo has no lead partition "${name}".`)]
}

async function checkQuota(client: MarketoClient): Promise<Found[]> {
  const calls = await callsToday(client)
  return [
    found(
      'quota',
      `Marketo has counted ${calls.toLocaleString('en-US')} API calls today, of ${CALLS_PER_DAY.toLocaleString(
        'en-US'
      )} unless you have bought more.`
    )
  ]
}
