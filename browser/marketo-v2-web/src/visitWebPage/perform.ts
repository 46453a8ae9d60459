import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import type { Settings } from '../generated-types'
import { identifierOf } from '../identifier'
import type { Payload } from './generated-types'
import { visitOf } from './visit'

type Perform = BrowserActionDefinition<Settings, MarketoInPage, Payload>['perform']

export const visitWebPage: Perform = (marketo, { payload: { url, userId } }) =>
  marketo.visit({ userId: identifierOf(userId) }, visitOf(url))
