import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import type { BrowserDestinationDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from './client'
import type { Settings } from './generated-types'
import { initialize, NAME } from './in-page'
import { settings } from './settings'
import submitBackgroundForm from './submitBackgroundForm'
import visitWebPage from './visitWebPage'

/** The same as `defaultValues` of actions-core, which would bring all of that package into a bundle. */
function defaultMappings(fields: Record<string, InputField>): JSONObject {
  const given = Object.entries(fields).filter(([, field]) => field.default !== undefined)
  return Object.fromEntries(given.map(([key, field]) => [key, field.default as JSONValue]))
}

const definition = (): BrowserDestinationDefinition<Settings, MarketoInPage> => ({
  name: NAME,
  slug: 'actions-marketo-v2-web',
  mode: 'device',
  description: "Report page visits to Marketo, and create leads, from the visitor's browser.",
  settings,
  presets: [
    {
      name: 'Visit Web Page',
      subscribe: 'type = "page"',
      partnerAction: 'visitWebPage',
      mapping: defaultMappings(visitWebPage.fields),
      type: 'automatic'
    },
    {
      name: 'Submit Background Form',
      subscribe: 'type = "identify"',
      partnerAction: 'submitBackgroundForm',
      mapping: defaultMappings(submitBackgroundForm.fields),
      type: 'automatic'
    }
  ],
  initialize,
  actions: {
    visitWebPage,
    submitBackgroundForm
  }
})

/** A page loads none of this: bundlers leave out what is marked as pure and not used. */
export const destination = /* @__PURE__ */ definition()
