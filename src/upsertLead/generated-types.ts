// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
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
   * Marketo field Date of Birth: the calendar day as it is written, in its own zone. What is no date is left out.
   */
  dateOfBirth?: string
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
   * Marketo field Address: the trait `address.street`, or `address` itself if it is text. Clear it if your CRM owns addresses.
   */
  street?: string
  /**
   * Marketo field Job Title.
   */
  title?: string
  /**
   * Marketo field Website.
   */
  website?: string
  /**
   * Other lead fields: the REST API name, and its value. For example `leadSource` (Lead Source or Person Source), `industry`, `unsubscribed`. Null clears a field.
   */
  customFields?: {
    [k: string]: unknown
  }
  /**
   * How existing leads are found. Automatic uses email, User ID and Anonymous ID, and avoids duplicates. With another field, events that lack it fail.
   */
  lookupField?: string
  /**
   * The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.
   */
  marketoCookie?: string
  /**
   * Associates the visitor's web visits with the lead at once, and earlier ones that are nobody else's. Each new visitor costs an API call. A visitor with a Marketo Cookie is always associated.
   */
  associateWebActivity?: boolean
  /**
   * Merges leads that share the event's identifiers, unless their emails, User IDs or partitions differ. **You can't undo a merge.** It costs two more API calls a batch, and one for each merge.
   */
  mergeDuplicates?: boolean
  /**
   * API names of lead fields that are written only while the lead has no value, such as the lead source or the first UTM parameters. 0 and false are values.
   */
  onlyIfEmpty?: string[]
  /**
   * API names of boolean lead fields that events never set to false. Browsers keep traits for a long time, and an old `unsubscribed: false` would subscribe everybody with that email address again.
   */
  neverToFalse?: string[]
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
   * Off: nothing is created. On: missing fields are created. The API user's role needs the permission Read-Write Schema Custom Field.
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
