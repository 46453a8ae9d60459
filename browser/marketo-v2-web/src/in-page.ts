import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { marketoInPage } from './client'
import type { MarketoInPage } from './client'
import type { Settings } from './generated-types'

/** The part that runs in the page. definition.ts has what Segment's app shows. */
export const NAME = 'Marketo V2 Web (Actions)'

/** Returns at once, because analytics.js holds back all events of all destinations until then. */
export const initialize: BrowserDestinationDefinition<Settings, MarketoInPage>['initialize'] = async (
  { settings, analytics },
  { loadScript }
) => marketoInPage(settings, analytics, loadScript)
