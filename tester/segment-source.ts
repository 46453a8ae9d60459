import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { destination as plugins } from '../browser/marketo-v2-plugins/src'
import { destination as web } from '../browser/marketo-v2-web/src'
import type { Settings } from '../browser/marketo-v2-web/src/generated-types'
import type { Source } from '../sandbox'
import { bundleOf, WEB_PACKAGES } from '../scripts/browser-bundles'

/** The settings of a web destination in the sandbox's Marketo, whose form script the sandbox itself serves. */
export const webSettings = (formUrl: string): Settings => ({
  munchkinId: '123-ABC-456',
  formId: 1,
  formUrl,
  trackAnonymousActivity: true
})

interface Subscription {
  partnerAction: string
  name: string
  enabled: boolean
  subscribe: string
  mapping: unknown
}

/**
 * What Segment's CDN serves to a website with both web packages enabled, with their default mappings.
 * @param settings of the web destination; if undefined, there is only the plugin
 * @param writeKey goes with each event
 */
export function sourceSettings(
  segmentUrl: string,
  settings: Partial<Settings> | undefined,
  customFields?: unknown,
  writeKey = 'sandbox'
): object {
  const subscriptions = (web.presets ?? []).map((preset) => ({
    ...subscription(web, preset.partnerAction),
    mapping: { ...(preset.mapping as object), ...(preset.partnerAction === 'submitBackgroundForm' && { customFields }) }
  }))
  const { host, protocol } = new URL(segmentUrl)
  return {
    integrations: {
      'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.replace(':', '') }
    },
    metrics: { sampleRate: 0 },
    remotePlugins: [
      remotePlugin(segmentUrl, 'marketo-v2-plugins', plugins.name, {
        subscriptions: [subscription(plugins, 'marketoCookie')]
      }),
      ...(settings ? [remotePlugin(segmentUrl, 'marketo-v2-web', web.name, { ...settings, subscriptions })] : [])
    ]
  }
}

const remotePlugin = (segmentUrl: string, folder: string, name: string, settings: object) => ({
  name,
  creationName: name,
  libraryName: `${folder}Destination`,
  url: `${segmentUrl}/bundles/${folder}.js`,
  settings
})

function subscription<S, C>({ actions }: BrowserDestinationDefinition<S, C>, partnerAction: string): Subscription {
  const { title, defaultSubscription = '' } = actions[partnerAction]
  return { partnerAction, name: title, enabled: true, subscribe: defaultSubscription, mapping: {} }
}

/** The bundles that those settings point to. */
export async function sourceBundles(): Promise<Source['bundles']> {
  const bundles = await Promise.all(WEB_PACKAGES.map(async (name) => [`${name}.js`, await bundleOf(name)] as const))
  return Object.fromEntries(bundles)
}
