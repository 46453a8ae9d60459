/**
 * @returns a replacer for JSON.stringify that removes secrets from every text, also if they are encoded for a URL or for JSON.
 * The destination never shows secrets. This is a second barrier, for example for an error message with a URL.
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
