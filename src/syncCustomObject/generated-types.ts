// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The API name of the custom object, such as `car_c`. Choose one of those offered, or in Marketo go to **Admin** > **Marketo Custom Objects** and copy it. The object must be approved.
   */
  objectName: string
  /**
   * The record's fields: on the left the API name (**Admin** > **Marketo Custom Objects** > **Fields**), on the right the value. Map all dedupe fields. Null clears a field. The link to the lead is filled in for you.
   */
  fields?: {
    [k: string]: unknown
  }
  /**
   * The lead's email address, by which leads are found first. ASCII characters only, as Marketo demands.
   */
  email?: string
  /**
   * Your ID of the user, kept in the custom lead field `userId`. By it leads are found whose email is unknown or has changed.
   */
  userId?: string
  /**
   * The ID of the visitor's browser, kept in the custom lead field `anonymousId`. Used only while the setting "Track Anonymous Activity" is on.
   */
  anonymousId?: string
  /**
   * Marketo's own ID of the lead (Lead Database > the lead's Lead Info tab > ID), if you have it. It wins over all other identifiers, and saves the call that finds the lead.
   */
  leadId?: number
  /**
   * Whether a lead is created for a person who is not in Marketo yet. Off, such an event fails. With reverse ETL, each row about an unknown person would create a lead, which Marketo charges for. Deleting creates none.
   */
  createLead?: boolean
  /**
   * The lead partition in which new leads are created. Leave empty for the default one. The partitions are listed in **Admin** > **Workspaces & Partitions**.
   */
  partitionName?: string
  /**
   * Sends up to 300 events with one call to Marketo. Off, each event costs calls of its own out of the daily quota.
   */
  enable_batching?: boolean
  /**
   * How many events are sent together: 300 at most, which is what one call to Marketo holds.
   */
  batch_size?: number
}
