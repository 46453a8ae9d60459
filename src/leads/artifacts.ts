/** Values that code writes for a missing user ID or anonymous ID, in lower case. The browser's package shares this file. */
const ARTIFACTS: ReadonlySet<string> = new Set([
  'null',
  'undefined',
  'nan',
  'none',
  'nil',
  'n/a',
  'unknown',
  'anonymous',
  'guest',
  'true',
  'false',
  '0',
  '-1',
  '[object object]',
  // What Objective-C, Go and Google Analytics write.
  '(null)',
  '<null>',
  '<nil>',
  '(not set)',
  '(none)',
  '00000000-0000-0000-0000-000000000000'
])

/**
 * @param value a user ID or anonymous ID
 * @returns the same; undefined for an empty one, and for an artifact, which would match many people to one lead
 */
export function identifierIn(value: string | undefined): string | undefined {
  const text = value?.trim()
  return text && !ARTIFACTS.has(text.toLowerCase()) ? value : undefined
}
