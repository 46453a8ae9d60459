// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Your Marketo instance, for example `123-ABC-456`. In Marketo, go to **Admin** > **Munchkin** to find it.
   */
  munchkinId: string
  /**
   * The number of an empty form, for Identify events. In Marketo, go to **Form Actions** > **Embed Code** to find it.
   */
  formId?: number
  /**
   * The host in the same embed code, for example `//app-ab12.marketo.com`, for Identify events.
   */
  formUrl?: string
  /**
   * On: visitors are tracked from their first page. Off: nothing is loaded or sent, and no cookie is set, before a visitor has a User ID.
   */
  trackAnonymousActivity?: boolean
  /**
   * How many parts of the host name the Marketo cookie is for. If empty, two (`example.com`), or three for two-letter endings (`example.co.uk`, `www.example.de`). Set 2 to share it with subdomains.
   */
  domainLevel?: number
  /**
   * Asks Marketo not to keep the full IP address of new visitors.
   */
  anonymizeIp?: boolean
}
