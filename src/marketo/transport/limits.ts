/**
 * What one call to Marketo may hold.
 * Sources: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/marketo-integration-best-practices
 * (records, bytes, calls at once), https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/lead-database
 * (records) and, for the attributes,
 * https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities
 */

/** Leads, custom activities or filter values in one call; also the results of one page. */
export const RECORDS_PER_CALL = 300

/** Leads, and tokens, in one Request Campaign call. */
export const LEADS_PER_CAMPAIGN_CALL = 100
export const TOKENS_PER_CAMPAIGN_CALL = 100

/**
 * Merge Leads calls of one batch, for the same reason as associations: the others are merged with a later event.
 */
export const MERGES_PER_BATCH = 50

/** Rounds in which a batch writes leads. A batch whose events depend on each other more often than that goes on in its retry. */
export const ROUNDS_PER_BATCH = 20

/** Leads that one Merge Leads call merges into another. */
export const LEADS_PER_MERGE = 25

/** Bytes of a request body. Marketo says 1 MB. We read that as 1,000,000 bytes, and leave room for what surrounds the records. */
export const BODY_BYTES = 1_000_000 - 4_000

/**
 * Bytes of an unpacked answer. This is our own limit: an endless answer must not fill the memory. 300 leads with all their fields
 * take less.
 */
export const ANSWER_BYTES = 8_000_000

/**
 * Characters of Marketo's own words in an error message, and of its answer in an outcome. These are our own limits: the answer to a
 * whole call stands in the outcome of each of its events.
 */
export const MESSAGE_LENGTH = 1_000
export const ANSWER_LENGTH = 10_000

/** Leads that may match a filter: Marketo refuses more with 1003. */
export const LEADS_PER_FILTER = 1_000

/** Pages of such leads, which may have fewer than 300 each. This is our own limit, so that paging ends. */
export const PAGES_PER_FILTER = 20

/** Bytes of a request's path and query. Marketo says 8 KB for the URI. We read that as 8,000 bytes, and leave room for the host. */
export const URI_BYTES = 8_000 - 100

/** Pages that one search for choices reads, before the person must ask for more. */
export const PAGES_PER_SEARCH = 10

/** Items on one page of an Asset call. Marketo allows no more. */
export const ASSETS_PER_PAGE = 200

/** Characters of a lead field of type String. */
export const STRING_LENGTH = 255

/** Calls at once. Marketo allows 10, shared by all integrations, and asks each to stay at half of that. */
export const CALLS_AT_ONCE = 5

/** How many of them may be merges, which take long. */
export const SLOW_CALLS_AT_ONCE = 2

/**
 * Milliseconds after which a batch starts no more calls. Segment's platform waits about 10 seconds for an
 * action, then aborts it and sends the whole batch again: https://github.com/segmentio/action-destinations/pull/2693
 */
export const BATCH_MS = 8_000

/** Page visits reported at once. They count against none of Marketo's limits. */
export const BEACONS_AT_ONCE = 25

/**
 * Associate Lead calls of one batch: each takes a call for a single visitor, out of the 100 calls in 20 seconds that all
 * integrations share. The other visitors are associated with a later visit.
 */
export const ASSOCIATIONS_PER_BATCH = 50

/**
 * How many times in a row a process may ask who owns the tokens of a batch's visitors, and after how long it may ask once more.
 * Beyond that, it asks for many batches together. Batches are rarely full, and each would cost one of the 50,000 daily calls.
 */
export const ASKS_AT_ONCE = 10
export const ASK_AGAIN_MS = 60_000

/** Visitors of one instance who wait for that (twice as many as one call takes), and instances in one process. */
export const VISITORS_WAITING = 2 * RECORDS_PER_CALL
export const INSTANCES_WAITING = 1_000

/** How long a process remembers them after the last visit to their instance. */
export const WAITING_MS = 86_400_000

/**
 * How long the process remembers that a visitor is associated: about as long as a visit to a website. If the lead is
 * deleted meanwhile, the process notices after that time.
 */
export const ASSOCIATED_MS = 600_000
export const ASSOCIATED_REMEMBERED = 100_000

/**
 * How long the process remembers an instance's fields, their types, and which of them it refuses. A field may be
 * created, or a permission given, at any time.
 */
export const FIELD_MEMORY_MS = 3_600_000
export const FIELDS_REMEMBERED = 10_000

/** Leads in one Get Lead Activities call. */
export const LEADS_PER_LOG_CALL = 30

/** Custom activity types of an instance. */
export const ACTIVITY_TYPES_PER_INSTANCE = 10

/** Attributes of one custom activity, and their bytes as JSON. */
export const ATTRIBUTES_PER_ACTIVITY = 20
export const ATTRIBUTE_BYTES = 65_536

/** How long to keep choices that take several calls: enough for editing a mapping, but new items must show soon. */
export const CHOICES_KEPT_MS = 60_000
export const CHOICES_KEPT = 1_000
