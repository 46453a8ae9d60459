// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The lead's email address. Without one, nothing is submitted.
   */
  email?: string
  /**
   * Your ID of the user, kept in the custom lead field `userId`.
   */
  userId?: string
  /**
   * The ID of the visitor's browser, kept in the custom lead field `anonymousId`. Sent only while the setting "Track Anonymous Activity" is on. An email in it counts as Email.
   */
  anonymousId?: string
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
   * Other lead fields: the REST API name, and its value. For example `leadSource` (Lead Source or Person Source), `industry`, `unsubscribed`. Null and empty text change nothing.
   */
  customFields?: {
    [k: string]: unknown
  }
}
