import type { DynamicFieldItem, DynamicFieldResponse, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import type { MarketoClient } from '../marketo/client'
import { withoutEvents } from '../marketo/errors'
import { failureOf } from '../marketo/outcome'
import { clientFor } from './perform'

/**
 * A dynamic field, whose choices Marketo tells.
 * @param list reads the choices; what goes wrong is shown in place of them
 */
export function choices<Payload>(
  list: (client: MarketoClient, payload: Payload) => Promise<DynamicFieldItem[]>
): (request: RequestClient, data: ExecuteInput<Settings, Payload>) => Promise<DynamicFieldResponse> {
  return async (request, { settings, payload, dynamicFieldContext }) => {
    try {
      const query = dynamicFieldContext?.query?.toLowerCase() ?? ''
      const items = await list(clientFor(request, settings), payload)
      return {
        choices: items.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(query))
      }
    } catch (error) {
      const { message, status } = failureOf(error)
      return { choices: [], error: { message: withoutEvents(message), code: String(status) } }
    }
  }
}
