// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The program. Choose one of those offered, or copy its ID: the number after the letters in the address of its page in Marketo, for example 1107 in `#PG1107A1`.
   */
  programId: number
  /**
   * The lead's new status in the program: one of those of the program's channel (**Admin** > **Tags** > **Channel**). A status only goes forward: an event with an earlier one changes nothing.
   */
  status: string
  /**
   * Fields of the program member: the API name (**Admin** > **Field Management** > **Program Member Custom Fields**), and the value. Null clears a field. They cost one more API call for each batch.
   */
  memberFields?: {
    [k: string]: unknown
  }
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
   * Creates a lead for a person who isn't in Marketo yet. If it's off, such an event fails. With Reverse ETL, each row could create a lead, and Marketo charges for leads.
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
