import type { JSONObject, JSONValue } from '@segment/actions-core'
import type { LeadSeed } from '../../sandbox'
import type { ActionKey, TestEvent } from '../support/marketo'

/**
 * An event as a tool really writes it. Names and shapes come from the origin; people and IDs are invented.
 */
export interface RealEvent {
  /** What the tool is, and what is special about its event. */
  title: string
  /** Where the event is documented or written: a page, or a repository and a file in it. */
  origin: string
  action: ActionKey
  /** Keys that are left out are absent from the event. */
  event: TestEvent
  /** What the customer mapped besides the defaults. */
  mapping?: JSONObject
  /** The leads in Marketo before the event. */
  leads?: LeadSeed[]
  /** Whether the first of them is on the list. */
  isOnList?: boolean
  /** What must stand in Marketo afterwards, with anonymous tracking on. */
  on: Result
  /** The same with anonymous tracking off, if it differs. */
  off?: Result
}

export interface Result {
  /** What the destination says about an event that it refuses. */
  refused?: RegExp
  /** The fields of all leads, oldest first. */
  leads: JSONObject[]
  /** The position of the lead that has the activity, or is on the list. */
  lead?: number
  /** The address of the visit that was recorded. */
  visit?: string
  /** What the outcome lists as left out. */
  leftOut?: RegExp[]
}

const DOCS = 'https://segment.com/docs'
const REPOSITORY = 'github.com/segmentio/segment-docs'

/** A page of Segment's documentation, by its path in the repository of November 2025 (commit 747b35d). */
export const docs = (path: string): string => `${DOCS}/${path} (${REPOSITORY}, src/${path})`

export type Traits = Record<string, JSONValue>

/** The list that audiences are synced to, and the activity type for Track events: the sandbox has both. */
export const LIST = 1001
export const ACTIVITY: JSONObject = { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.event' } }

/** What the destination answers if it needs to know a user, while anonymous tracking is off. */
export const NO_USER: Result = { refused: /^User ID is missing/, leads: [] }

/** What it answers if nothing says who an event is about. */
export const NOBODY: Result = { refused: /^The event does not say which lead it is about/, leads: [] }
