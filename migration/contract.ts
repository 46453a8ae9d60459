import type { JSONObject } from '@segment/actions-core'

/** What a migration comes to: the shapes that the command writes out and the page takes in. */

/** What is not carried over as it was, or has to be done by hand, and where in the classic settings it stands. */
export interface Note {
  where: string
  what: string
  /** The subscription that it is about, by its position in the list; absent: it is about the settings. */
  subscription?: number
}

/** A mapping of the new destination, in the form of a definition's presets. */
export interface Subscription {
  name: string
  partnerAction: string
  subscribe: string
  /** False: something has to be done by hand first; a note says what. */
  enabled: boolean
  mapping: JSONObject
}

/** What takes the place of a classic destination. */
export interface Migration {
  settings: JSONObject
  subscriptions: Subscription[]
  /** The destination for the browser, where the classic one has a form. */
  web?: WebDestination
  notes: Note[]
}

/** What takes the place of a classic destination's device mode: a destination of its own. */
export interface WebDestination {
  name: string
  settings: JSONObject
  subscriptions: Subscription[]
}
