// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The list in Marketo. For an audience or a Journey, leave the default: Segment fills in the audience's list. For Reverse ETL, choose the list that you chose or created when you connected it.
   */
  listId: number
  /**
   * Whether the event adds the person to the list or removes the person from it. Automatic goes by what the audience, the Journey or the Reverse ETL sync writes into the event.
   */
  membership?: string
  /**
   * What an audience or a Journey writes into its event about the membership, for the choice Automatic.
   */
  audienceEvent?: {
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
   * Creates a lead for a person who isn't in Marketo yet. If it's off, such an event fails. A removal creates none. With Reverse ETL, each row could create a lead, and Marketo charges for leads.
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
  /**
   * Events with different values of these fields never share a batch.
   */
  batch_keys?: string[]
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface RetlOnMappingSaveInputs {
  /**
   * A static list that exists. Leave empty to create one.
   */
  listId?: string
  /**
   * The name of the list to create. It must be unique in your Marketo. Not used with a Static List ID.
   */
  listName?: string
  /**
   * The folder in Marketo in which the list is created, for example one in **Database** > **Group Lists**. Not used with a Static List ID.
   */
  folderName?: string
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface RetlOnMappingSaveOutputs {
  /**
   * The ID of the static list that people are synced to.
   */
  id?: string
  /**
   * The name of the static list that people are synced to.
   */
  name?: string
}
