// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The custom activity that the event becomes. Choose one of the approved ones, or in Marketo go to **Admin** > **Marketo Custom Activities**, click the activity in the right side bar, and copy its ID.
   */
  activityTypeId: number
  /**
   * The value of the activity's primary field. In **Admin** > **Marketo Custom Activities**, it is the one with a red star on the **Fields** tab.
   */
  primaryAttributeValue: string
  /**
   * The activity's other fields: on the left the API name, as the **Fields** tab in **Admin** > **Marketo Custom Activities** shows it (upper and lower case matter), on the right the value. 20 at most.
   */
  attributes?: {
    [k: string]: unknown
  }
  /**
   * When the activity took place. When empty, now.
   */
  activityDate?: string | number
  /**
   * The lead's email address. The destination looks for a lead by email first. Marketo allows only ASCII characters.
   */
  email?: string
  /**
   * Your ID of the user, kept in the custom lead field `userId`. It finds leads whose email is unknown or has changed.
   */
  userId?: string
  /**
   * The ID of the visitor's browser, kept in the custom lead field `anonymousId`. Used only while the setting "Track Anonymous Activity" is on. An email in it counts as Email.
   */
  anonymousId?: string
  /**
   * Marketo's own ID of the lead (**Database** > the lead's **Lead Info** tab > ID), if you have it. It wins over all other identifiers, and saves the call that finds the lead.
   */
  leadId?: number
  /**
   * Creates a lead for a person who isn't in Marketo yet. If it's off, such an event fails. Activities need a lead.
   */
  createLead?: boolean
  /**
   * The lead partition for new leads. Leave it empty for the default partition. To see all partitions, go to **Admin** > **Workspaces & Partitions**.
   */
  partitionName?: string
  /**
   * Sends up to 300 events in one call to Marketo. Without batching, each event uses calls of the daily quota.
   */
  enable_batching?: boolean
  /**
   * The number of events in a batch, up to 300: one call to Marketo holds no more.
   */
  batch_size?: number
}
