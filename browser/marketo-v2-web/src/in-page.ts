import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import { marketoInPage } from './client'
import type { MarketoInPage } from './client'
import type { Settings } from './generated-types'

/** What runs in the page. What Segment's app shows of it stands in definition.ts. */
export const NAME = 'Marketo V2 Web (Actions)'

/** Returns at once: analytics.js holds back every event of every destination until it has. */
export const initialize: BrowserDestinationDefinition<Settings, MarketoInPage>['initialize'] = async (
  { settings, analytics },
  { loadScript }
) => marketoInPage(settings, analytics, loadScript)
