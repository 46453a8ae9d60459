// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The campaign to run. It must be active and have the trigger **Campaign is Requested** with the source Web Service API. Its ID is the number after `SC` in the address of its page in Marketo.
   */
  campaignId: number
  /**
   * Values for up to 100 **My Tokens** of the campaign's program: the name, such as `my.orderId`, and the value. HTML is not escaped, so map no visitor's text to a Rich Text token.
   */
  tokens?: {
    [k: string]: unknown
  }
  /**
   * When the event took place. Only Maximum Age uses it. When empty, the event counts as new.
   */
  eventTime?: string | number
  /**
   * An event that took place longer ago fails, so that a replay or an import doesn't run the campaign today for what happened last year. When empty, there is no limit.
   */
  maxAgeHours?: number
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
   * Requests a campaign for up to 100 leads with one API call, if their tokens are the same. Without batching, each event costs API calls of its own.
   */
  enable_batching?: boolean
  /**
   * The number of events in a batch, up to 300: one API call of Marketo holds no more.
   */
  batch_size?: number
}
