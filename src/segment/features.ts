import type { ExecuteInput } from '@segment/actions-core'

/** The flags that are on. */
export type Features = ExecuteInput<unknown, unknown>['features']

/** Flags with which Segment switches something off without a release. */
const SWITCHES = {
  /** Visits ask Marketo only about their own visitors, and never together with those of earlier batches. */
  sharedAsks: 'actions-marketo-v2-no-shared-asks',
  /** Leads are not merged, whatever the mapping says. */
  merging: 'actions-marketo-v2-no-merging'
} as const

export const isOn = (what: keyof typeof SWITCHES, features: Features): boolean => features?.[SWITCHES[what]] !== true
