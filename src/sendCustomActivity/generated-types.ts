// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The custom activity that the event becomes. Choose an approved one, or copy its ID from **Admin** > **Marketo Custom Activities**. Not needed if "Create the activity type" below made one.
   */
  activityTypeId?: number
  /**
   * The value of the activity's primary field. In **Admin** > **Marketo Custom Activities**, it is the one with a red star on the **Fields** tab.
   */
  primaryAttributeValue: string
  /**
   * The activity's other fields, 20 at most: the API name (**Admin** > **Marketo Custom Activities** > **Fields**; case matters), and the value. In a String or Text field, an object becomes JSON text.
   */
  attributes?: {
    [k: string]: unknown
  }
  /**
   * When the activity took place. When empty, now.
   */
  activityDate?: string | number
  /**
   * Records nothing that the lead's activity log has: same type, primary value and second. For replays and imports. 300 events cost about 13 API calls instead of 2. Needs Read-Only Activity.
   */
  preventDuplicates?: boolean
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
   * Marketo's own ID of the lead (**Database** > the lead's **Lead Info** tab > ID), if you have it. It wins over all other identifiers, and saves the API call that finds the lead.
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
   * Sends up to 300 events with one API call. Without batching, each event costs API calls of its own.
   */
  enable_batching?: boolean
  /**
   * The number of events in a batch, up to 300: one API call of Marketo holds no more.
   */
  batch_size?: number
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface OnMappingSaveInputs {
  /**
   * Its name: letters, digits, spaces and underscores. If a type of that name exists, it is used. Empty: nothing is created. The API user's role needs the permission Read-Write Activity Metadata.
   */
  typeName?: string
  /**
   * The name of the primary field, which Primary Attribute Value fills, for example Order ID. Marketo cannot change it later.
   */
  primaryAttribute?: string
  /**
   * The other fields, 20 at most: each a name, or a name and a type such as `Total: float`. Types: text (the default), string, boolean, integer, float, link, email, currency, date, datetime, phone.
   */
  attributes?: string[]
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface OnMappingSaveOutputs {
  /**
   * The ID of the activity type. It goes before the field Activity Type ID.
   */
  activityTypeId?: number
}
