import { formNameOf } from './form-names'
import { namesOf, TRAIT_NAMES } from './shared/traits'
import type { Payload } from './submitBackgroundForm/generated-types'
import { warn } from './warn'

const IDENTIFIER_NAMES = { email: { form: 'Email' }, userId: { form: 'userId' }, anonymousId: { form: 'anonymousId' } }

export type FormValues = Record<string, string>

type PlainValue = string | number | boolean

/**
 * The values for the form, as text, by the form's names. Values that the event lacks are left out, because the form would send
 * them as empty.
 */
export function formValuesOf(payload: Payload): FormValues {
  const values: FormValues = {}
  const add = (name: string | undefined, text: string | undefined, field: string): void => {
    if (text === undefined) return
    if (name) values[name] = text
    else warn(`${field} is not sent: Marketo forms have no field with such a name.`)
  }
  for (const [name, value] of Object.entries(payload.customFields ?? {})) {
    const field = `Custom Fields > ${name}`
    // Only here, null has a meaning: it clears the field.
    add(formNameOf(name), value === null ? '' : textOf(value, field), field)
  }
  const name = textOf(payload.name, 'name')
  const event = { ...payload, ...namesOf({ ...payload, name }), dateOfBirth: dayOf(payload.dateOfBirth) }
  for (const [key, { form }] of Object.entries({ ...TRAIT_NAMES, ...IDENTIFIER_NAMES })) {
    add(form, textOf(event[key as keyof typeof event], key), key)
  }
  return values
}

/** @returns a list joined with `;`; undefined for an empty or missing value */
function textOf(value: unknown, field: string): string | undefined {
  // As JSON, as servers would get it: a Date becomes text, and NaN becomes null.
  const items = (JSON.parse(JSON.stringify([value].flat())) as (PlainValue | object | null)[]).filter(
    (item) => item !== null
  )
  const texts = items.filter((item) => typeof item !== 'object').map(String)
  if (texts.length < items.length) warn(`${field} is not sent: map the object's properties instead.`)
  else return texts.filter((text) => text.trim()).join(';') || undefined
}

/** The calendar day as it is written, in its own zone, as `YYYY-MM-DD`. Numbers are seconds or milliseconds since 1970. */
function dayOf(value: unknown): string | undefined {
  const text = textOf(value, 'dateOfBirth')?.trim()
  if (!text) return undefined
  if (/^\d{4}-\d{2}-\d{2}(?!\d)/.test(text)) return text.slice(0, 'YYYY-MM-DD'.length)
  const isNumber = /^-?\d{9,}$/.test(text)
  const isSeconds = isNumber && Math.abs(Number(text)) < 1e11
  const date = new Date(isNumber ? Number(text) * (isSeconds ? 1_000 : 1) : `${text} UTC`)
  // Browsers find a year even in "5".
  if (/\d{4}/.test(text) && !Number.isNaN(date.getTime())) return date.toISOString().slice(0, 'YYYY-MM-DD'.length)
  warn('Date of Birth is not sent: write it as 1988-02-20.')
}
