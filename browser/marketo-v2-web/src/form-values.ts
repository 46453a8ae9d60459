import { formNameOf } from './form-names'
import { namesOf, textIn } from './shared/artifacts'
import { dayWritten } from './shared/written-date'
import type { Payload } from './submitBackgroundForm/generated-types'
import { warn } from './warn'

export type FormValues = Record<string, string>

type PlainValue = string | number | boolean

/** Older mappings have these under Custom Fields. What the customer named there goes before a default. */
const YIELDING = /^(Title|Website)$/

/**
 * The values for the form, as text, by the form's names. Values that the event lacks are left out, because the form would send
 * them as empty. The table of traits stays out of the page: the mapping's other fields are its rows.
 */
export function formValuesOf({ customFields, email, userId, anonymousId, name, ...traits }: Payload): FormValues {
  const values: FormValues = {}
  const add = (name: string | undefined, text: string | undefined, field: string): void => {
    if (text === undefined) return
    if (name) values[name] = text
    else warn(`${field} is not sent: Marketo forms have no field with such a name.`)
  }
  for (const [field, value] of Object.entries(customFields ?? {})) {
    const label = `Custom Fields > ${field}`
    add(formNameOf(field), textOf(value, label), label)
  }
  const texts: Record<string, string | undefined> = {}
  for (const [key, value] of Object.entries(traits)) texts[key] = textIn(textOf(value, key))
  const names = namesOf({ ...texts, name: textOf(name, 'name') })
  for (const [key, text] of Object.entries({ ...texts, ...names, dateOfBirth: dayOf(texts.dateOfBirth) })) {
    const formName = formNameOf(key === 'street' ? 'address' : key)
    const yields = formName !== undefined && YIELDING.test(formName) && formName in values
    if (!yields) add(formName, text, key)
  }
  add('Email', email, 'email')
  add('userId', userId, 'userId')
  add('anonymousId', anonymousId, 'anonymousId')
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
  else {
    return (
      texts
        .map((text) => text.trim())
        .filter(Boolean)
        .join(';') || undefined
    )
  }
}

function dayOf(text: string | undefined): string | undefined {
  const day = text && dayWritten(text)
  if (text && !day) warn('Date of Birth is not sent: write it as 1988-02-20.')
  return day || undefined
}
