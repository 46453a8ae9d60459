import { APIError, IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'

interface Settings {
  munchkinId: string
  clientId: string
  clientSecret: string
}

type Payload = {
  email: string
  note?: string
  custom?: { [key: string]: string }
}

/** A small destination that uses all features of the test server except audiences and hooks. Its API is at `apiUrl`. */
export function tinyDestination(apiUrl: string): DestinationDefinition<Settings> {
  const send = async (request: RequestClient, settings: Settings, payload: Payload) => {
    const response = await request(`${apiUrl}/people`, {
      method: 'post',
      json: payload,
      headers: { authorization: `Bearer of ${settings.munchkinId}` }
    })
    if (payload.email.startsWith('fails-later@')) throw new APIError('Half done.', 409)
    if (payload.email.startsWith('tells@')) {
      const query = new URLSearchParams({ client_secret: settings.clientSecret }).toString()
      throw new IntegrationError(
        `request to https://example.com/${encodeURIComponent(settings.clientSecret)}?${query} failed`,
        'NETWORK',
        502
      )
    }
    return response
  }

  const add: ActionDefinition<Settings, Payload> = {
    title: 'Add',
    description: 'Adds a person',
    fields: {
      email: {
        label: 'E',
        description: 'E',
        type: 'string',
        required: true,
        default: { '@path': '$.traits.email' }
      },
      note: { label: 'N', description: 'N', type: 'string', default: 'by default' }
    },
    dynamicFields: {
      note: async (_request, { settings }) => ({ choices: [{ label: settings.munchkinId, value: 'id' }] }),
      email: async () => ({ choices: [], error: { message: 'Not today.', code: '606' } }),
      custom: { __keys__: async () => ({ choices: [{ label: 'Plan', value: 'plan' }] }) }
    },
    perform: (request, { settings, payload }) => send(request, settings, payload),
    performBatch: async (request, { settings, payload }) => {
      if (payload.some(({ email }) => email.startsWith('breaks-batch@'))) throw new APIError('All failed.', 503)
      const outcomes = new MultiStatusResponse()
      for (const each of payload) {
        await send(request, settings, each)
        outcomes.pushSuccessResponse({ status: 201, sent: { ...each }, body: { secret: settings.clientSecret } })
      }
      return outcomes
    }
  }

  const raw: ActionDefinition<Settings> = {
    title: 'Raw',
    description: 'Sends what it is given',
    fields: {},
    perform: (request, { payload }) => request(`${apiUrl}/raw`, { method: 'post', json: payload as unknown })
  }

  return {
    name: 'Tiny',
    slug: 'actions-tiny',
    mode: 'cloud',
    authentication: {
      scheme: 'custom',
      fields: {
        munchkinId: { label: 'ID', description: 'ID', type: 'string', required: true },
        clientId: { label: 'Client', description: 'Client', type: 'string', required: true },
        clientSecret: { label: 'Secret', description: 'Secret', type: 'password', required: true }
      },
      testAuthentication: async (_request, { settings }) => {
        if (settings.clientId === 'unknown') throw new Error(`No client with secret ${settings.clientSecret}`)
      }
    },
    onDelete: (request, { payload }) => request(`${apiUrl}/forget/${payload.userId}`, { method: 'delete' }),
    actions: { add, raw }
  }
}
