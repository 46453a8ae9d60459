import type { JSONObject } from '@segment/actions-core'

/** The result of a migration: the command writes it, and the page reads it. */

/** A setting that changes or is left out, or a step to do by hand, and its place in the classic settings. */
export interface Note {
  where: string
  what: string
  /** The position of its subscription in the list. Absent if it is about the settings. */
  subscription?: number
}

/** A mapping of the new destination, in the form of a definition's presets. */
export interface Subscription {
  name: string
  partnerAction: string
  subscribe: string
  /** False if something must be done by hand first. A note says what. */
  enabled: boolean
  mapping: JSONObject
}

/** The replacement of a classic destination. */
export interface Migration {
  settings: JSONObject
  subscriptions: Subscription[]
  /** The destination for the browser, if the classic one has a form. */
  web?: WebDestination
  notes: Note[]
}

/** The replacement of a classic destination's device mode: a separate destination. */
export interface WebDestination {
  name: string
  settings: JSONObject
  subscriptions: Subscription[]
}
