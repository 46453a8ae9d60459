import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { campaignChoices } from './choices'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { readRequest, requestCampaigns } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Request Campaign',
  description: 'Run a trigger campaign of Marketo for a lead, for example one that sends a transactional email.',
  defaultSubscription: 'type = "track"',
  fields,
  dynamicFields: {
    campaignId: campaignChoices
  },
  ...performs({ read: readRequest, handle: requestCampaigns })
}

export default action
