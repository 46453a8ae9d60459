import nock from 'nock'
import type { JSONObject } from '@segment/actions-core'
import { settings } from './marketo'
import { forgetEverything } from '../../src/marketo/transport/memory'

/** A call that Marketo received. */
export interface Received {
  path: string
  query: Record<string, string>
  body: unknown
}

/** Returns Marketo's answer to a call: an envelope, or something else in its place. */
type Answer = (received: Received) => object | string

export const success = (...result: object[]): JSONObject => ({ requestId: 'r', success: true, result } as JSONObject)
export const refusal = (code: string, message = 'No.'): JSONObject => ({
  requestId: 'r',
  success: false,
  errors: [{ code, message }]
})

/**
 * Starts a Marketo for one test file that is about single exchanges: the tests give its answers. Do not use it together
 * with the sandbox.
 */
export function useStub(munchkinId: string) {
  const received: Received[] = []
  let answer: Answer = () => success()
  const host = `https://${munchkinId.toLowerCase()}.mktorest.com`
  beforeEach(() => {
    received.length = 0
    forgetEverything()
    nock(host).persist().post('/identity/oauth/token').reply(200, { access_token: 'stub-token', expires_in: 3600 })
    nock(host)
      .persist()
      .intercept(/^\/rest\//, 'GET')
      .query(true)
      .reply((uri) => reply(uri, ''))
    nock(host)
      .persist()
      .intercept(/^\/rest\//, 'POST')
      .query(true)
      .reply((uri, body) => reply(uri, body))
  })
  afterEach(() => nock.cleanAll())
  afterAll(() => nock.restore())

  function reply(uri: string, body: unknown): [number, object | string] {
    const url = new URL(uri, host)
    const one = { path: url.pathname, query: Object.fromEntries(url.searchParams), body }
    received.push(one)
    return [200, answer(one)]
  }

  return {
    settings: { ...settings, munchkinId },
    received,
    answerWith: (next: Answer): void => {
      answer = next
    }
  }
}
