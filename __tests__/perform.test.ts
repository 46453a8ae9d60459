import { createRequestClient, PayloadValidationError } from '@segment/actions-core'
import { MarketoError } from '../src/marketo/transport/outcome'
import { performs } from '../src/segment/perform'
import type { Answerable } from '../src/segment/perform'
import { settings } from './support/marketo'

const failing = (error: Error) => {
  const { perform, performBatch } = performs<object, Answerable>({
    read: () => ({}),
    handle: async () => Promise.reject(error)
  })
  return {
    single: async (): Promise<unknown> => perform(createRequestClient(), { settings, payload: {} }),
    batch: async (): Promise<unknown> => performBatch(createRequestClient(), { settings, payload: [{}, {}] })
  }
}

describe('An error that an action throws', () => {
  it('because of a bug is rethrown, so no event counts as refused', async () => {
    const bug = new TypeError('a bug')
    await expect(failing(bug).single()).rejects.toBe(bug)
    await expect(failing(bug).batch()).rejects.toBe(bug)
  })

  it.each([
    ['what is wrong with the event', new PayloadValidationError('bad event'), 400],
    ['what Marketo refused', new MarketoError({ status: 403, message: 'not permitted' }), 403]
  ])('to say %s is the outcome of every event', async (_what, error, status) => {
    await expect(failing(error).single()).rejects.toMatchObject({ status, message: error.message })
    const response = (await failing(error).batch()) as { getAllResponses(): { value(): unknown }[] }
    const outcome = expect.objectContaining({ status, errormessage: error.message }) as unknown
    expect(response.getAllResponses().map((one) => one.value())).toEqual([outcome, outcome])
  })
})
