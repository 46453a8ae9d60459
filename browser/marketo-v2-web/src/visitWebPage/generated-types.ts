// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The page that was visited: an absolute URL, or a path such as `/pricing`. Munchkin reports its path and query under the host of the page that it runs in.
   */
  url?: string
  /**
   * Your ID of the user. Without one, visits count only while "Track Anonymous Activity" is on.
   */
  userId?: string
}
