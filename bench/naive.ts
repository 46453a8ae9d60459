import { createRequestClient } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { accessToken, Credentials } from '../src/marketo/access-token'
import type { ActionKey } from './events'
import { settings } from './events'

/** Marketo's own limit of calls at once: the best case for the naive destination. */
const AT_ONCE = 10
const HOST = 'https://123-abc-456.mktorest.com'

const CREDENTIALS = new Credentials(settings.munchkinId, settings.clientId, settings.clientSecret)

type Event = JSONObject & { userId: string; traits?: JSONObject; context?: { traits?: JSONObject } }

/** What most integrations do: each event by itself, with a search for its lead and a write. */
export async function sendNaively(action: ActionKey, events: JSONObject[]): Promise<void> {
  const queue = events.values()
  const worker = async () => {
    for (const event of queue) await HANDLERS[action](event as Event)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

const HANDLERS: Record<ActionKey, (event: Event) => Promise<unknown>> = {
  upsertLead: async (event) => writeLead(event, await findLead(event)),
  sendCustomActivity: async (event) => {
    const leadId = (await findLead(event)) ?? (await writeLead(event, undefined))
    const activity = { activityTypeId: 100001, primaryAttributeValue: event.messageId, attributes: [] }
    await call('/rest/v1/activities/external.json', { input: [{ leadId, activityDate: event.timestamp, ...activity }] })
  },
  visitWebPage: async (event) => {
    const leadId = await findLead(event)
    if (leadId === undefined) return
    const cookie = encodeURIComponent(
      `id:123-ABC-456&token:_mch-example.com-1741098586131-${event.userId.replace('user-', '').padStart(5, '0')}`
    )
    await call(`/rest/v1/leads/${leadId}/associate.json?cookie=${cookie}`, {})
  }
}

const emailOf = (event: Event) => (event.traits ?? event.context?.traits)?.email as string

async function findLead(event: Event): Promise<number | undefined> {
  const [lead] = await call(`/rest/v1/leads.json?filterType=email&filterValues=${encodeURIComponent(emailOf(event))}`)
  return lead?.id
}

async function writeLead(event: Event, id: number | undefined): Promise<number> {
  const record = { email: emailOf(event), userId: event.userId }
  const target = id === undefined ? { lookupField: 'email' } : { action: 'updateOnly', lookupField: 'id' }
  const [lead] = await call('/rest/v1/leads.json', {
    ...target,
    input: [id === undefined ? record : { id, ...record }]
  })
  return lead.id
}

async function call(path: string, json?: object): Promise<{ id: number }[]> {
  const authorization = `Bearer ${await accessToken(CREDENTIALS)}`
  const request = createRequestClient({ headers: { authorization } })
  const method = json ? 'POST' : 'GET'
  const { data } = await request<{ success: boolean; result?: { id: number }[] }>(`${HOST}${path}`, { method, json })
  if (!data.success) throw new Error(JSON.stringify(data))
  return data.result ?? []
}
