/** JSON: a literal, or a directive of the framework such as `{"@path": "$.userId"}`. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

export const isObject = (value: unknown): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
