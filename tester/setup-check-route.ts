import { Refusal } from '../migration/refusal'
import { checkSetup } from '../setup-check/check-setup'
import { mappingsIn } from '../setup-check/mappings'
import { settingOf } from './marketo-instance'
import type { Handle } from './marketo-route'

/** The check of the set-up, for the page: it only reads. `mappings` are as the page copies them. */
export const setupCheck: Handle = async ({ body, settings }) => {
  try {
    const mappings = mappingsIn(body.mappings)
    const findings = await checkSetup(
      {
        munchkinId: settingOf(settings.munchkinId),
        clientId: settingOf(settings.clientId),
        clientSecret: settingOf(settings.clientSecret),
        trackAnonymousActivity: settings.trackAnonymousActivity === true
      },
      mappings
    )
    return [200, { findings }]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [400, { error: error.message }]
  }
}
