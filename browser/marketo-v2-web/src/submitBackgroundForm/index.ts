import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import type { Settings } from '../generated-types'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { submitBackgroundForm } from './perform'

const action: BrowserActionDefinition<Settings, MarketoInPage, Payload> = {
  title: 'Submit Background Form',
  description: 'Create or update a lead from an Identify event, by filling in and submitting a hidden Marketo form.',
  platform: 'web',
  defaultSubscription: 'type = "identify"',
  fields,
  perform: submitBackgroundForm
}

export default action
