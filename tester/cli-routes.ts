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

export const refreshAccessToken: Handle = refusing(async ({ destination, settings, body }) => {
  const data = await destination.refreshAccessToken(settings, body as unknown as OAuth2ClientCredentials)
  return { ok: true, data }
})

/** What Segment does when an audience is connected: the answer has the audience's external ID. */
export const createAudience: Handle = refusing(({ destination, settings, body }) =>
  destination.createAudience({ ...body, settings } as never)
)

export const getAudience: Handle = refusing(({ destination, settings, body }) =>
  destination.getAudience({ ...body, settings } as never)
)

function refusing(run: (call: MarketoCall) => Promise<unknown>): Handle {
  return async (call) => {
    try {
      return [200, await run(call)]
    } catch (error) {
      const message = error instanceof HTTPError ? errorAnswer(error).message : asError(error).message
      return [400, { ok: false, error: message }]
    }
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

export const dynamicField = (actionName: string): Handle =>
  showAnswer(({ destination, body, settings, field }) => {
    const { payload = {}, page = 1, auth = {}, audienceSettings = {}, dynamicFieldContext = {} } = body
    const input = { settings, payload, page, auth, audienceSettings, dynamicFieldContext }
    return destination.actions[actionName].executeDynamicField(field, input as never)
  })

/** Requests made while a mapping is edited: an error in the answer becomes an error of the route. */
export function showAnswer(ask: (call: MarketoCall) => Promise<object>): Handle {
  return async (call) => {
    try {
      const answer = await ask(call)
      return 'error' in answer && answer.error ? [500, [answer.error]] : [200, answer]
    } catch (thrown) {
      const { message, status, code } = asError(thrown)
      return [500, [{ message, status, code }]]
    }
  }
}
