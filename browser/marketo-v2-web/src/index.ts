import { browserDestination } from '@segment/browser-destination-runtime/shim'
import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from './client'
import type { Settings } from './generated-types'
import { initialize, NAME } from './in-page'
import { submitBackgroundForm } from './submitBackgroundForm/perform'
import { visitWebPage } from './visitWebPage/perform'

export { destination } from './definition'

/** The page does not need titles and fields, because the mapping comes with the subscription. Bundlers leave them out. */
const action = (perform: BrowserActionDefinition<Settings, MarketoInPage>['perform']) => ({
  title: '',
  description: '',
  platform: 'web' as const,
  fields: {},
  perform
})

export default browserDestination<Settings, MarketoInPage>({
  name: NAME,
  mode: 'device',
  initialize,
  actions: {
    visitWebPage: action(visitWebPage),
    submitBackgroundForm: action(submitBackgroundForm)
  }
})
