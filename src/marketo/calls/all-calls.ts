import { READ_CALLS } from './read-calls'
import { RECORD_CALLS } from './record-calls'

/** Every call of Marketo's REST API that this destination makes. */
export const CALLS = { ...RECORD_CALLS, ...READ_CALLS }
