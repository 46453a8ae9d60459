import { isObject } from './json'
import { Refusal } from './refusal'
import { destinationsIn, hasClassicId, HCL_REMEDY, isHcl, settingsOf } from './terraform'
import { textOf } from './values'

/** Settings of the classic Marketo V2 destination, as any JSON. */
export type ClassicSettings = Record<string, unknown>

const SLUG = 'marketo-v2'

/** What the classic destination's settings may be. Source: Segment's destination catalog. */
export const SETTING_NAMES = [
  ...['accountId', 'clientId', 'clientSecret', 'anonymousActivity', 'traits', 'events'],
  ...['beta', 'marketoFormId', 'marketoHostUrl']
]

/**
 * @param text JSON: an answer of the Public API's Get Destination or List Destinations, the destination out of it, its settings,
 * or a state of Terraform, which has the settings as text
 * @throws Refusal if it is none of these; the message says what it is instead
 */
export function classicSettingsIn(text: string): ClassicSettings {
  const json = parsed(text)
  if (!isObject(json)) throw new Refusal(`${EXPECTED}, but it is ${kindOf(json)}.`)
  const destination = destinationIn(isObject(json.data) ? json.data : json)
  if (!isObject(destination)) throw new Refusal(`${EXPECTED}, but "destination" is ${kindOf(destination)}.`)

  const slug = slugOf(destination)
  if (slug !== undefined && slug !== SLUG) throw new Refusal(`It is a destination of the type ${slug}, not ${SLUG}.`)
  const settings = settingsOf(destination) ?? destination
  if (!isObject(settings)) throw new Refusal(`${EXPECTED}, but "settings" is ${kindOf(settings)}.`)
  if (Array.isArray(json.errors)) {
    throw new Refusal(`The Public API answered with an error: ${JSON.stringify(json.errors[0] ?? null)}.`)
  }
  if (!SETTING_NAMES.some((name) => name in settings)) {
    throw new Refusal(`${EXPECTED}, but it has none of the settings ${SETTING_NAMES.join(', ')}.`)
  }
  return settings
}

function destinationIn(data: Record<string, unknown>): unknown {
  if (Array.isArray(data.destinations)) return classicOneOf(data.destinations)
  if (data.destination !== undefined || data.settings !== undefined) return data.destination ?? data
  const inTerraform = destinationsIn(data)
  return inTerraform.length === 0 ? data : classicOneOf(inTerraform)
}

const EXPECTED =
  'The JSON has to be a classic Marketo V2 destination, as the Public API or Terraform returns it, or its settings'

function parsed(text: string): unknown {
  if (text.trim() === '') throw new Refusal(`${EXPECTED}, but it is empty.`)
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (isHcl(text)) throw new Refusal(HCL_REMEDY)
    throw new Refusal(`It is not JSON: ${(error as Error).message}.`)
  }
}

function classicOneOf(destinations: unknown[]): unknown {
  const classic = destinations.filter(
    (destination) => slugOf(destination) === SLUG || (isObject(destination) && hasClassicId(destination))
  )
  if (classic.length === 1) return classic[0]
  const ids = classic.map((destination) => (isObject(destination) && textOf(destination.id)) || 'one without an ID')
  throw new Refusal(
    classic.length === 0
      ? `It lists no destination of the type ${SLUG}.`
      : `It lists ${ids.length} destinations of the type ${SLUG} (${ids.join(', ')}). Give one of them by itself.`
  )
}

const slugOf = (destination: unknown): string | undefined =>
  isObject(destination) && isObject(destination.metadata) ? textOf(destination.metadata.slug) : undefined

const kindOf = (json: unknown): string => (json === null ? 'null' : Array.isArray(json) ? 'a list' : `a ${typeof json}`)
