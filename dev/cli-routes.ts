import { HTTPError } from '@segment/actions-core'
import type { JSONObject, OAuth2ClientCredentials } from '@segment/actions-core'
import { asError, errorAnswer, fieldErrors } from './error-answers'
import type { Handle, MarketoCall } from './marketo-route'
import { perform, performBatch } from './perform'

/**
 * The routes of the actions CLI's `serve`, with the same status codes and shapes, because Segment's Actions Tester relies on them.
 * Source: action-destinations, packages/cli/src/lib/server.ts
 */

export const authenticate: Handle = async ({ destination, settings }) => {
  try {
    await destination.testAuthentication(settings)
    return [200, { ok: true }]
  } catch (error) {
    return [200, { ok: false, error: asError(error).message, fields: fieldErrors(error) ?? {} }]
  }
}

export const refreshAccessToken: Handle = async ({ destination, settings, body }) => {
  try {
    const data = await destination.refreshAccessToken(settings, body as unknown as OAuth2ClientCredentials)
    return [200, { ok: true, data }]
  } catch (error) {
    return [400, { ok: false, error: error instanceof HTTPError ? errorAnswer(error).message : asError(error).message }]
  }
}

export const action = (name: string): Handle =>
  showExchanges((call) => {
    const { payload } = call.body
    return Array.isArray(payload)
      ? performBatch(call, name, payload as JSONObject[])
      : perform(call, name, (payload ?? {}) as JSONObject)
  })

export const deleteUser: Handle = showExchanges(async ({ destination, body, settings }) =>
  destination.onDelete?.((body.payload ?? {}) as never, settings)
)

function showExchanges(run: (call: MarketoCall) => Promise<unknown>): Handle {
  return async (call) => {
    try {
      await run(call)
      return [200, call.exchanges.map(({ request, response }) => ({ request, response }))]
    } catch (error) {
      return [200, [errorAnswer(error)]]
    }
  }
}

export const dynamicField =
  (actionName: string): Handle =>
  async ({ destination, body, settings, field }) => {
    const { payload = {}, page = 1, auth = {}, dynamicFieldContext = {} } = body
    const input = { settings, payload, page, auth, dynamicFieldContext }
    try {
      const result = await destination.actions[actionName].executeDynamicField(field, input as never)
      return result.error ? [500, [result.error]] : [200, result]
    } catch (thrown) {
      const { message, status, code } = asError(thrown)
      return [500, [{ message, status, code }]]
    }
  }
