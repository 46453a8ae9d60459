/**
 * @returns a replacer for JSON.stringify that cuts secrets out of every text, also as they stand in a URL or in JSON
 * within a text. The destination shows none: this is for the day when an error message has a URL in it.
 */
export function withoutSecrets(secrets: string[]): (key: string, value: unknown) => unknown {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
      JSON.stringify(secret).slice(1, -1)
    ])
  return (_key, value) =>
    typeof value === 'string' ? forms.reduce((text, form) => text.split(form).join('<redacted>'), value) : value
}
