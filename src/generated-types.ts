// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Your Marketo instance, for example `123-ABC-456`. In Marketo, go to **Admin** > **Munchkin** to find it.
   */
  munchkinId: string
  /**
   * In Marketo, go to **Admin** > **LaunchPoint** and click **View Details** on the service that you made for Segment. Its user must be an API Only user whose role has Access API permissions.
   */
  clientId: string
  /**
   * Shown beside the Client ID: in Marketo, go to **Admin** > **LaunchPoint** and click **View Details** on the service that you made for Segment.
   */
  clientSecret: string
  /**
   * On: visitors without a User ID become leads, by the lead field `anonymousId`. Off: Anonymous IDs are ignored; Upsert Lead, Send Custom Activity and Visit Web Page need a User ID or Marketo Lead ID.
   */
  trackAnonymousActivity?: boolean
}
// Generated file. DO NOT MODIFY IT BY HAND.

export interface AudienceSettings {
  /**
   * The ID of a static list that exists: the number after #ST in the list's URL in Marketo. Leave empty to create a list for the audience.
   */
  listId?: number
  /**
   * The folder in Marketo in which a static list with the name of the audience is created, for example one in **Database** > **Group Lists**. Not needed with a Static List ID.
   */
  folderName?: string
}
