import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../../src'
import { settings } from './marketo'

const testDestination = createTestIntegration(destination)

/** Fields that are not required, but without which an event would be about nobody. */
export const userId = 'user-1'
export const identifiers = { email: 'ada@example.com', userId, anonymousId: 'anonymous-1' }

beforeAll(() => {
  // JSON looks the same in every version of jest.
  expect.addSnapshotSerializer({
    test: () => true,
    print: (requests) => JSON.stringify(requests, null, 2)
  })
})

/** What the action sends to Marketo, call by call. */
export async function requestsOf(action: string, mapping: JSONObject) {
  const responses = await testDestination.testAction(action, { event: createTestEvent(), settings, mapping })
  return responses.map(({ request: { method, url }, options: { body } }) => ({
    method,
    url,
    body: typeof body === 'string' && body.startsWith('{') ? (JSON.parse(body) as JSONObject) : body
  }))
}
