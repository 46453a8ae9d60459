import { Analytics, Context } from '@segment/analytics-next'
import type { Plugin } from '@segment/analytics-next'
import factory from '../index'

const COOKIE = 'id:123-ABC-456&token:_mch-example.com-1741098586131-10001'

async function enriched(event: object): Promise<unknown> {
  const subscription = {
    partnerAction: 'marketoCookie',
    name: 'Marketo Cookie',
    enabled: true,
    subscribe: 'type = "track"'
  }
  const [plugin]: Plugin[] = [await factory({ subscriptions: [{ ...subscription, mapping: {} }] })].flat()
  await plugin.load(Context.system(), new Analytics({ writeKey: 'key' }))
  const context = new Context({ type: 'track', event: 'Signed Up', ...event })
  await plugin.track?.(context)
  return (context.event.context as { Marketo?: { marketoCookie?: string } } | undefined)?.Marketo?.marketoCookie
}

describe('The Marketo cookie', () => {
  beforeEach(() => {
    document.cookie = `_mkto_trk=${COOKIE}`
    document.cookie = 'mkto_opt_out=; max-age=0'
  })

  it('is put on events', async () => {
    expect(await enriched({})).toBe(COOKIE)
  })

  it('is decoded', async () => {
    document.cookie = `_mkto_trk=${encodeURIComponent(COOKIE)}`
    expect(await enriched({})).toBe(COOKIE)
  })

  it('never takes the place of a value', async () => {
    expect(await enriched({ context: { Marketo: { marketoCookie: 'mine' } } })).toBe('mine')
  })

  it('is not put on events of visitors who have opted out', async () => {
    document.cookie = 'mkto_opt_out=id:true'
    expect(await enriched({})).toBeUndefined()
  })

  it.each([
    [{ 'Marketo V2 (Actions)': false }, undefined],
    [{ 'Marketo V2 Plugins (Actions)': false }, undefined],
    [{ All: false }, undefined],
    [{ All: false, 'Marketo V2 (Actions)': true }, COOKIE]
  ])('follows the integrations %j', async (integrations, cookie) => {
    expect(await enriched({ integrations })).toBe(cookie)
  })
})
