/** The result of one event, as Segment's platform sees it. */
export interface EventOutcome {
  status: number
  sent?: unknown
  body?: unknown
  errortype?: string
  errormessage?: string
  /** What validation says, by field. */
  fields?: Record<string, string>
}

/** Why Segment does not send an event to a mapping: its trigger does not match. */
export interface NotTaken {
  notTaken: string
}

export const isNotTaken = (outcome: EventOutcome | NotTaken): outcome is NotTaken => 'notTaken' in outcome
