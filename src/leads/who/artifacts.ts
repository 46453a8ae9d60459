/**
 * Values that code writes for a missing user ID or anonymous ID. Objective-C writes (null), Go writes <nil>, and Google Analytics
 * writes (not set). The browser's package shares this file.
 */
const ARTIFACT =
  /^[(<]?(null|undefined|nan|none|nil|n\/a|not set|unknown|anonymous|guest|true|false|0|-1|\[object object]|[-0]{36})[)>]?$/i

/**
 * @param value a user ID or anonymous ID
 * @returns the same; undefined for an empty one, and for an artifact, which would match many people to one lead
 */
export function identifierIn(value: string | undefined): string | undefined {
  const text = value?.trim()
  return text && !ARTIFACT.test(text) ? value : undefined
}
