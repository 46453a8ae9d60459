/** Version in the path of Marketo's Lead Database API. */
export const MARKETO_REST_API_VERSION = 'v1'

/** Version of Munchkin, Marketo's tracking script, whose page visits this destination reproduces. */
export const MARKETO_MUNCHKIN_VERSION = '164'
