// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
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
   * Marketo field First Name. When empty, the first word of Name.
   */
  firstName?: string
  /**
   * Marketo field Last Name. When empty, what follows the first word of Name.
   */
  lastName?: string
  /**
   * The full name, for leads whose first or last name is not given separately.
   */
  name?: string
  /**
   * Marketo field Company: the trait `company`, or its property `name` when it is an object.
   */
  company?: string
  /**
   * Marketo field Phone Number.
   */
  phone?: string
  /**
   * Marketo field Date of Birth: the calendar day as it is written, in its own zone.
   */
  dateOfBirth?: string | number
  /**
   * Marketo field Marketo Social Gender.
   */
  gender?: string
  /**
   * Marketo field City.
   */
  city?: string
  /**
   * Marketo field State.
   */
  state?: string
  /**
   * Marketo field Country.
   */
  country?: string
  /**
   * Marketo field Postal Code: the trait `address.zip`, or `address.postalCode`.
   */
  postalCode?: string
  /**
   * Marketo field Address: the trait `address.street`, or `address` itself when it is text.
   */
  street?: string
  /**
   * Any other lead field: on the left its REST API name, on the right its value. For the names, go to **Admin** > **Field Management** in Marketo and click **Export Field Names**; upper and lower case matter. A list of plain values is joined with `;`, null clears the field. The identifiers have fields of their own and are not set here.
   */
  customFields?: {
    [k: string]: unknown
  }
  /**
   * How an existing lead is found. Automatic tries email, user ID and anonymous ID, never creates a second lead for a known one, and takes the most recently updated of several. With a field chosen here, only that field counts: one call less, but an event without it fails, and so does one whose value several leads have.
   */
  lookupField?: string
  /**
   * The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.
   */
  marketoCookie?: string
  /**
   * Associates the visitor's web visits with the lead at once, from before the visitor was known too, with one more call for each new visitor. The visitor of a Marketo Cookie is always associated.
   */
  associateWebActivity?: boolean
  /**
   * Merges leads that share the event's identifiers into the event's lead, unless they have different emails, User IDs or partitions. This cannot be undone. Works with Lookup Field Automatic; costs two calls more a batch, and one for each merge.
   */
  mergeDuplicates?: boolean
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
// Generated file. DO NOT MODIFY IT BY HAND.

export interface OnMappingSaveInputs {
  /**
   * Off, nothing is created. On, the missing fields are. The API user's role needs the permission Read-Write Schema Custom Field.
   */
  createFields?: boolean
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface OnMappingSaveOutputs {
  /**
   * The lead fields that were created when the mapping was saved.
   */
  created?: string
}
