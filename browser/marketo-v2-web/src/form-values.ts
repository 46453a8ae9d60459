import { formNameOf, isIdentifier } from './form-names'
import { namesOf, TRAIT_NAMES } from './shared/traits'
import type { Payload } from './submitBackgroundForm/generated-types'
import { warn } from './warn'

const IDENTIFIER_NAMES = { email: { form: 'Email' }, userId: { form: 'userId' }, anonymousId: { form: 'anonymousId' } }

export type FormValues = Record<string, string>

/**
 * What the form is filled with: by the form's names, all as text. What the event does not have is left out, as the form
 * would send it as an empty value.
 */
export function formValuesOf(payload: Payload): FormValues {
  const values = new Map<string, string>()
  const add = (name: string | undefined, value: unknown, field: string): void => {
    const text = textOf(value, field)
    if (text === undefined) return
    if (name) values.set(name, text)
    else warn(`${field} is not sent: no form has such a name.`)
  }
  for (const [name, value] of Object.entries(payload.customFields ?? {})) {
    if (isIdentifier(name) || value === '') continue
    // Only here an empty value means something: null clears the field.
    add(formNameOf(name), value === null ? '' : value, `Custom Fields > ${name}`)
  }
  const event = { ...payload, ...namesOf(payload), dateOfBirth: dayOf(payload.dateOfBirth) }
  for (const [key, { form }] of Object.entries({ ...TRAIT_NAMES, ...IDENTIFIER_NAMES })) {
    const value: unknown = event[key as keyof typeof event]
    if (value !== '') add(form, value, key)
  }
  return Object.fromEntries(values)
}

/** A list is joined with `;`. */
function textOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) {
    return value.filter((item) => item !== null && item !== '').join(';') || undefined
  }
  if (['string', 'number', 'boolean'].includes(typeof value)) return `${value as string | number | boolean}`
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  warn(`${field} is not sent: map no object, but its properties.`)
}

/** The calendar day as it is written, in its own zone, as `YYYY-MM-DD`. Numbers are seconds or milliseconds since 1970. */
function dayOf(value: string | number | Date | undefined | null): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const text = String(value).trim()
  if (/^\d{4}-\d{2}-\d{2}(?!\d)/.test(text)) return text.slice(0, 'YYYY-MM-DD'.length)
  const isNumber = /^-?\d{9,}$/.test(text)
  const isSeconds = isNumber && Math.abs(Number(text)) < 1e11
  const date = new Date(isNumber ? Number(text) * (isSeconds ? 1_000 : 1) : `${text} UTC`)
  const day = value instanceof Date ? value : date
  if (!Number.isNaN(day.getTime())) return day.toISOString().slice(0, 'YYYY-MM-DD'.length)
  warn('Date of Birth is not sent: write it as 1988-02-20.')
}
