/**
 * Version in the path of Marketo's Lead Database API.
 * API reference: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api
 */
export const MARKETO_REST_API_VERSION = 'v1'

/**
 * Version of Munchkin, Marketo's tracking script, whose page visits this destination reproduces.
 * API reference: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/javascriptapi/leadtracking/lead-tracking
 */
export const MARKETO_MUNCHKIN_VERSION = '164'
