/**
 * What code makes of a user ID or anonymous ID that is not there, in lower case. Such a value is shared by everybody, so it
 * tells nobody from anybody else.
 */
export const ARTIFACTS: ReadonlySet<string> = new Set([
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
  '00000000-0000-0000-0000-000000000000'
])
