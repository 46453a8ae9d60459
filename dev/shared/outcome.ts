/** What became of one event, as Segment's platform is told. */
export interface Outcome {
  status: number
  sent?: unknown
  body?: unknown
  errortype?: string
  errormessage?: string
  /** By field, what its validation says. */
  fields?: Record<string, string>
}

/** Why Segment does not hand an event to a mapping: its trigger does not let it through. */
export interface NotTaken {
  notTaken: string
}

export const isNotTaken = (outcome: Outcome | NotTaken): outcome is NotTaken => 'notTaken' in outcome
