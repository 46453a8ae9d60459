import { TIMEOUT_MS } from './call'
import { READ_CALLS } from './read-calls'
import { RECORD_CALLS } from './record-calls'

/** Every call of Marketo's REST API that this destination makes. */
export const CALLS = { ...RECORD_CALLS, ...READ_CALLS }

/** Calls that need no permission and do not count against the API limits. */
export const IDENTITY_TIMEOUT_MS = TIMEOUT_MS.short
export const BEACON_TIMEOUT_MS = TIMEOUT_MS.short
