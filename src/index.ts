import type { AudienceDestinationDefinition } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import type { Settings } from './generated-types'
import { deleteUser } from './segment/delete-user'
import { settingFields } from './segment/settings'
import { testAuthentication } from './segment/test-authentication'
import requestCampaign from './requestCampaign'
import sendCustomActivity from './sendCustomActivity'
import setProgramStatus from './setProgramStatus'
import submitForm from './submitForm'
import syncCustomObject from './syncCustomObject'
import syncList from './syncList'
import { audienceConfig, audienceFields } from './syncList/audience'
import { listPresets } from './syncList/presets'
import upsertLead from './upsertLead'
import visitWebPage from './visitWebPage'

const destination: AudienceDestinationDefinition<Settings> = {
  name: 'Marketo V2 (Actions)',
  slug: 'actions-marketo-v2',
  mode: 'cloud',
  description: 'Send leads, custom activities, web page visits and list members to Adobe Marketo Engage.',

  authentication: {
    // Not oauth2: with that scheme one refused token makes the framework send a whole batch again, the activities that
    // Marketo has already recorded included. Access tokens are kept in marketo/transport/access-token.ts.
    scheme: 'custom',
    fields: settingFields,
    testAuthentication
  },

  onDelete: deleteUser,

  actions: {
    upsertLead,
    sendCustomActivity,
    visitWebPage,
    syncList,
    requestCampaign,
    setProgramStatus,
    submitForm,
    syncCustomObject
  },

  audienceConfig,
  audienceFields,

  // None for Send Custom Activity: a Track event that the customer did not map is never sent.
  presets: [
    {
      name: 'Upsert Lead',
      subscribe: 'type = "identify"',
      partnerAction: 'upsertLead',
      mapping: defaultValues(upsertLead.fields),
      type: 'automatic'
    },
    {
      name: 'Visit Web Page',
      subscribe: 'type = "page"',
      partnerAction: 'visitWebPage',
      mapping: defaultValues(visitWebPage.fields),
      type: 'automatic'
    },
    ...listPresets
  ]
}

export default destination
