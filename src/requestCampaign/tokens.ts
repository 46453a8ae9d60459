import { PayloadValidationError } from '@segment/actions-core'
import type { MyToken } from '../marketo/areas/campaigns'
import { TOKENS_PER_CAMPAIGN_CALL } from '../marketo/transport/limits'
import { plainValue } from '../segment/values'

/** Marketo's token picker writes a default behind the name: `{{my.name:default=edit me}}`. It is no part of the name. */
const DEFAULT = /\s*:\s*default\s*=[^{}]*/i

/** `my.name`, with or without the braces around it. Names may contain spaces. */
const NAME = /^(?:\{\{\s*(my\.[^{}]*[^{}\s])\s*\}\}|(my\.[^{}]*[^{}\s]))$/i

/**
 * The tokens of an event that have a value, in the order of their names, so that events with equal tokens share a call. A token
 * without a value keeps its value in Marketo.
 * @throws PayloadValidationError for a name that is not a token, and for too many tokens
 */
export function tokensOf(mapped: { [name: string]: unknown } = {}): MyToken[] {
  const values = new Map<string, string>()
  for (const [key, mappedValue] of Object.entries(mapped)) {
    const value = plainValue(mappedValue, `Tokens > ${key}`)
    if (value !== undefined && value !== null) values.set(nameOf(key), String(value))
  }
  if (values.size > TOKENS_PER_CAMPAIGN_CALL) {
    throw new PayloadValidationError(
      `Tokens holds ${values.size} values, but a campaign takes ${TOKENS_PER_CAMPAIGN_CALL} at most. Map fewer.`
    )
  }
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }))
}

/** @returns the name in the form that Marketo expects: `{{my.name}}` */
function nameOf(key: string): string {
  const [, inBraces, bare] = NAME.exec(key.replace(DEFAULT, '').trim()) ?? []
  const name = inBraces ?? bare
  if (name !== undefined) return `{{my.${name.slice('my.'.length)}}}`
  throw new PayloadValidationError(
    `Tokens > ${key} is not the name of a My Token. Name it as Marketo does, for example my.orderId or {{my.orderId}}.`
  )
}
