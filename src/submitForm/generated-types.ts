// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The person's email address. Marketo updates the lead with this email, or creates one. The User ID isn't sent. ASCII characters only.
   */
  email: string
  /**
   * The form, which must be approved. Choose one of those offered, or copy its ID: the number after the letters in the address of its page in Marketo, for example 736 in `#FO736B2`.
   */
  formId: number
  /**
   * What is filled in, beside the email: on the left the REST API name of a field that the form has (**Admin** > **Field Management** > **Export Field Names**), on the right the value.
   */
  formFields?: {
    [k: string]: unknown
  }
  /**
   * The program that the lead joins; it must be in the form's workspace. Its ID is the number after the letters in the address of its page in Marketo, for example 1107 in `#PG1107A1`.
   */
  programId?: number
  /**
   * The full address of the page with the form, shown in the Fill Out Form activity.
   */
  pageUrl?: string
  /**
   * The visitor's IP address, from which Marketo infers company and place. Only an IPv4 address is sent.
   */
  ipAddress?: string
  /**
   * The visitor's browser, shown in the Fill Out Form activity.
   */
  userAgent?: string
  /**
   * The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.
   */
  marketoCookie?: string
  /**
   * When the event took place. Only Maximum Age uses it. When empty, the event counts as new.
   */
  eventTime?: string | number
  /**
   * An event that took place longer ago fails, so that a replay or an import doesn't submit the form today for what happened last year. When empty, there is no limit.
   */
  maxAgeHours?: number
}
