// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The page that was visited: an absolute URL, one without its scheme such as `example.com/pricing`, or a path such as `/pricing`.
   */
  url: string
  /**
   * The visitor's browser. Segment's libraries for browsers collect it; server-side libraries must be given it as `context.userAgent`.
   */
  userAgent: string
  /**
   * The website that a URL without one belongs to, as a host name or a URL.
   */
  hostname?: string
  /**
   * The page that the visitor came from.
   */
  referrer?: string
  /**
   * When the page was visited. When empty, now.
   */
  visitedAt?: string | number
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
   * The value of the visitor's `_mkto_trk` cookie, as Marketo's Munchkin script sets it. A cookie of another Marketo instance is ignored.
   */
  marketoCookie?: string
  /**
   * Associates the visitor's web visits with the lead, if there is one. This never creates a lead. Each new visitor costs an API call. If it's off, visits stay anonymous.
   */
  associateLead?: boolean
  /**
   * Finds the leads of up to 300 visits with one API call. Without batching, each visit costs API calls of its own. The visits themselves cost none.
   */
  enable_batching?: boolean
  /**
   * The number of events in a batch, up to 300: one API call of Marketo holds no more.
   */
  batch_size?: number
}
