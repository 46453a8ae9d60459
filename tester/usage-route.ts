import { createRequestClient } from '@segment/actions-core'
import type { Call } from '../src/marketo/transport/call'
import { MarketoError } from '../src/marketo/transport/outcome'
import { clientFor } from '../src/segment/perform'
import { settingOf } from './marketo-instance'
import type { Handle } from './marketo-route'

/** A day's calls, of all integrations of the instance. */
interface Day {
  date: string
  total: number
}

/**
 * What Marketo counts: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api under "Usage
 * and Error". Asking also takes a call.
 */
const usageCall = (path: string): Call => ({
  name: 'Get Usage',
  path: `/rest/v1/stats/${path}`,
  permission: 'Read-Only Activity Metadata',
  timeoutMs: 35_000
})

/** The REST calls of today and of the last seven days, or why they are unknown. */
export const usage: Handle = async ({ settings }) => {
  try {
    const client = clientFor(createRequestClient(), {
      munchkinId: settingOf(settings.munchkinId),
      clientId: settingOf(settings.clientId),
      clientSecret: settingOf(settings.clientSecret)
    })
    const [today] = (await client.send<Day>(usageCall('usage.json'), { method: 'get' })).result
    const days = (await client.send<Day>(usageCall('usage/last7days.json'), { method: 'get' })).result
    return [200, { today, days }]
  } catch (error) {
    if (!(error instanceof MarketoError)) throw error
    return [200, { error: error.failure.message }]
  }
}
