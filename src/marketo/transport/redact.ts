const REDACTED = '<redacted>'

/**
 * Takes secrets out of all texts in a value, written plainly or as in a URL or form.
 * @returns the value itself if it contains none
 */
export function withoutSecrets<T>(value: T, secrets: string[]): T {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(wellFormed(secret)),
    new URLSearchParams([['', secret]]).toString().slice(1)
  ])
  return replaced(value, [...new Set(forms)]) as T
}

/** Half of a surrogate pair cannot be URL-encoded. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

function replaced(value: unknown, forms: string[]): unknown {
  if (typeof value === 'string') return forms.reduce((text, form) => text.split(form).join(REDACTED), value)
  if (Array.isArray(value)) return value.map((item) => replaced(item, forms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, forms)]))
}
