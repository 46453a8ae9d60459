import type { GlobalSetting } from '@segment/actions-core'

export const settingFields: Record<
  'munchkinId' | 'clientId' | 'clientSecret' | 'trackAnonymousActivity',
  GlobalSetting
> = {
  munchkinId: {
    label: 'Munchkin Account ID',
    description:
      'Your Marketo instance, for example `123-ABC-456`. In Marketo, go to **Admin** > **Munchkin** to find it.',
    type: 'string',
    required: true
  },
  clientId: {
    label: 'Client ID',
    description:
      'In Marketo, go to **Admin** > **LaunchPoint** and click **View Details** on the service that you made for Segment. Its user must be an API Only user whose role has Access API permissions.',
    type: 'string',
    required: true
  },
  clientSecret: {
    label: 'Client Secret',
    description:
      'Shown beside the Client ID: in Marketo, go to **Admin** > **LaunchPoint** and click **View Details** on the service that you made for Segment.',
    type: 'password',
    required: true
  },
  trackAnonymousActivity: {
    label: 'Track Anonymous Activity',
    description:
      'On: visitors without a User ID become leads, by the lead field `anonymousId`. Off: Anonymous IDs are ignored; Upsert Lead, Send Custom Activity and Visit Web Page need a User ID or Marketo Lead ID.',
    type: 'boolean',
    default: false
  }
}
