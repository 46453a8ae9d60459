/** The dynamic fields of an action: functions, and for fields with keys, objects of functions. */
type DynamicFields = object

/** The basic paths. The framework accepts more: `customFields.plan` asks for the values of one key. */
export function dynamicFieldPaths(dynamicFields: DynamicFields): string[] {
  return Object.entries(dynamicFields).flatMap(([field, fetch]: [string, object]) =>
    typeof fetch === 'function' ? [field] : Object.keys(fetch).map((child) => `${field}.${child}`)
  )
}

/**
 * Whether a path is safe for the framework. It reads the path as properties, including inherited ones, and runs what it finds:
 * `constructor` and `toString` are also functions.
 */
export function isDynamicPath(dynamicFields: DynamicFields, path: string): boolean {
  const [field, ...keys] = path.split('.').filter((part) => !/^\[\d+\]$/.test(part))
  const fetch = ownProperty(dynamicFields, field)
  if (typeof fetch === 'function') return keys.length === 0
  if (typeof fetch !== 'object' || fetch === null || keys.length > 1) return false
  return keys.every((key) => !(key in fetch) || ownProperty(fetch, key) !== undefined)
}

function ownProperty(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value
}
