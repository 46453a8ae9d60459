import { Analytics, Context } from '@segment/analytics-next'
import type { Plugin } from '@segment/analytics-next'
import type { Settings } from '../generated-types'
import factory, { destination } from '../index'

type Call = [name: string, data: object]

async function pluginsWith(settings: Partial<Settings>): Promise<Plugin[]> {
  const subscriptions = (destination.presets ?? []).map(({ partnerAction, mapping }) => ({
    partnerAction,
    mapping,
    name: partnerAction,
    enabled: true,
    subscribe: destination.actions[partnerAction].defaultSubscription
  }))
  const all = { munchkinId: '123-ABC-456', trackAnonymousActivity: true, ...settings, subscriptions }
  const plugins: Plugin[] = [await factory(all as Parameters<typeof factory>[0])].flat()
  const analytics = new Analytics({ writeKey: 'key' })
  for (const plugin of plugins) await plugin.load(Context.system(), analytics)
  return plugins
}

describe('Marketo V2 Web', () => {
  let calls: Call[]
  let warn: jest.SpyInstance

  beforeEach(() => {
    calls = []
    warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    Object.assign(window, {
      Munchkin: {
        init: (_id: string, options: object) => calls.push(['init', options]),
        munchkinFunction: (name: string, data: object) => calls.push([name, data])
      }
    })
  })

  afterEach(() => warn.mockRestore())

  it('starts Munchkin without a visit of its own, and reports Page events', async () => {
    const [visit] = await pluginsWith({})
    const properties = { url: 'https://example.com/pricing?plan=pro' }
    await visit.page?.(new Context({ type: 'page', properties }))
    expect(calls).toEqual([
      ['init', expect.objectContaining({ apiOnly: true, useBeaconAPI: true })],
      ['visitWebPage', { url: '/pricing', params: 'plan=pro' }]
    ])
  })

  it('does nothing before there is a User ID, with anonymous tracking off', async () => {
    const [visit] = await pluginsWith({ trackAnonymousActivity: false })
    await visit.page?.(new Context({ type: 'page', properties: { url: '/' } }))
    expect(calls).toEqual([])
  })

  it('tells which settings Identify needs', async () => {
    const [, submit] = await pluginsWith({})
    const traits = { email: 'ada@example.com' }
    await submit.identify?.(new Context({ type: 'identify', userId: 'user-1', traits }))
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('"Marketo Form ID" and "Marketo Form URL"'))
  })
})
