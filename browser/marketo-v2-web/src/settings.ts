import type { GlobalSetting } from '@segment/actions-core'

export const settings: Record<
  'munchkinId' | 'formId' | 'formUrl' | 'trackAnonymousActivity' | 'domainLevel' | 'anonymizeIp',
  GlobalSetting
> = {
  munchkinId: {
    label: 'Munchkin Account ID',
    description:
      'Your Marketo instance, for example `123-ABC-456`. In Marketo, go to **Admin** > **Munchkin** to find it.',
    type: 'string',
    required: true
  },
  formId: {
    label: 'Marketo Form ID',
    description:
      'The number of an empty form, for Identify events. In Marketo, go to **Form Actions** > **Embed Code** to find it.',
    type: 'number'
  },
  formUrl: {
    label: 'Marketo Form URL',
    description: 'The host in the same embed code, for example `//app-ab12.marketo.com`, for Identify events.',
    type: 'string'
  },
  trackAnonymousActivity: {
    label: 'Track Anonymous Activity',
    description:
      'On: visitors are tracked from their first page. Off: nothing is loaded or sent, and no cookie is set, before a visitor has a User ID.',
    type: 'boolean',
    default: false
  },
  domainLevel: {
    label: 'Domain Level',
    description:
      'How many parts of the host name the Marketo cookie is for. If empty, two (`example.com`), or three for two-letter endings (`example.co.uk`, `www.example.de`). Set 2 to share it with subdomains.',
    type: 'number'
  },
  anonymizeIp: {
    label: 'Anonymize IP',
    description: 'Asks Marketo not to keep the full IP address of new visitors.',
    type: 'boolean',
    default: false
  }
}
