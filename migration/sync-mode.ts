/** Where Segment keeps an action's sync mode: in the mapping, among the fields. */
export const SYNC_MODE = '__segment_internal_sync_mode'
