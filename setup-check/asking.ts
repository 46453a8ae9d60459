import { ASSET, REST, TIMEOUT_MS, pathOf } from '../src/marketo/transport/call'
import type { Call } from '../src/marketo/transport/call'
import { itemsIn } from '../src/marketo/transport/client'
import type { MarketoClient } from '../src/marketo/transport/client'
import type { Form } from '../src/marketo/areas/forms'

/** Reads that only the check makes. */
const CALLS = {
  campaigns: { name: 'Get Campaigns', path: `${REST}/campaigns.json`, permission: 'Read-Only Campaign' },
  form: { name: 'Get Form', path: `${ASSET}/form/{id}.json`, permission: 'Read-Only Assets', withoutResult: true },
  partitions: { name: 'Get Lead Partitions', path: `${REST}/leads/partitions.json`, permission: 'Read-Only Lead' },
  usage: { name: 'Get Daily Usage', path: `${REST}/stats/usage.json`, permission: 'Access API' }
}

async function read<T extends object>(
  client: MarketoClient,
  call: Omit<Call, 'timeoutMs'>,
  id: string | number = '',
  query: Record<string, string> = {}
): Promise<T[]> {
  const whole = { ...call, timeoutMs: TIMEOUT_MS.short }
  const { result } = await client.send<T>(whole, { method: 'GET' }, pathOf(whole, id, query))
  return itemsIn(result)
}

interface Campaign {
  id: number
  name: string
  active?: boolean
}

/** @returns the campaign, and whether it can be requested; undefined if Marketo has none with that ID. @throws MarketoError */
export async function campaignOfId(
  client: MarketoClient,
  id: number
): Promise<(Campaign & { isRequestable: boolean }) | undefined> {
  const [campaign] = await read<Campaign>(client, CALLS.campaigns, '', { id: String(id) })
  if (!campaign) return undefined
  const requestable = await read<Campaign>(client, CALLS.campaigns, '', { id: String(id), isTriggerable: 'true' })
  return { ...campaign, isRequestable: requestable.length > 0 }
}

/** @returns undefined if Marketo has no form with that ID. @throws MarketoError */
export const formOfId = async (client: MarketoClient, id: number): Promise<Form | undefined> =>
  (await read<Form>(client, CALLS.form, id))[0]

/** @throws MarketoError */
export const partitionNames = async (client: MarketoClient): Promise<string[]> =>
  (await read<{ name: string }>(client, CALLS.partitions)).map(({ name }) => name)

/** @returns the REST calls of all integrations today. @throws MarketoError */
export const callsToday = async (client: MarketoClient): Promise<number> =>
  (await read<{ total?: number }>(client, CALLS.usage))[0]?.total ?? 0
