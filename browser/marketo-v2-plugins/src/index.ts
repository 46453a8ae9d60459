import { browserDestination } from '@segment/browser-destination-runtime/shim'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import type { Settings } from './generated-types'
import marketoCookie from './marketoCookie'

export const destination: BrowserDestinationDefinition<Settings, unknown> = {
  name: 'Marketo V2 Plugins (Actions)',
  slug: 'actions-marketo-v2-plugins',
  mode: 'device',
  initialize: async () => ({}),
  actions: {
    marketoCookie
  }
}

export default browserDestination(destination)
