import { isObject, type Value } from './json'

/** Values as a person writes them: `$.path`, `text with {{template}}`, the JSON of any other directive, or plain text. */

export type Kind = 'empty' | 'path' | 'template' | 'json' | 'text'

const isText = (value: unknown): value is string => typeof value === 'string'
const onlyMember = (value: Value | undefined, name: string): Value | undefined =>
  isObject(value) && Object.keys(value).length === 1 ? value[name] : undefined

/** @returns whether a value is a directive of the framework, rather than a literal */
export const isDirective = (value: Value | undefined): boolean =>
  isObject(value) && Object.keys(value).some((key) => key.startsWith('@'))

/** @returns the directive that selects a path of the event */
export const directiveFor = (path: string) => ({ '@path': path })

/** @returns the path that a value selects; undefined for any other value */
export function pathOf(value: Value | undefined): string | undefined {
  const path = onlyMember(value, '@path')
  return isText(path) ? path : undefined
}

export function kindOf(value: Value | undefined): Kind {
  if (value === undefined || value === '') return 'empty'
  if (pathOf(value) !== undefined) return 'path'
  if (isText(onlyMember(value, '@template'))) return 'template'
  return typeof value === 'object' ? 'json' : 'text'
}

export function textOf(value: Value | undefined): string {
  if (value === undefined) return ''
  const short = pathOf(value) ?? onlyMember(value, '@template')
  if (isText(short)) return short
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/** @param numeric whether text that is a number becomes that number */
export function valueOf(text: string, numeric: boolean): Value | undefined {
  if (text === '') return undefined
  if (/^\$\./.test(text)) return directiveFor(text)
  if (/^\s*[[{]/.test(text)) {
    const json = parsed(text)
    if (json !== undefined) return json
  }
  if (text.includes('{{')) return { '@template': text }
  if (numeric && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text)
  return text
}

export function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value
  } catch {
    return undefined
  }
}

/**
 * @returns the paths that a default mapping tries, in their order (see `firstOf` in src/segment/traits.ts); undefined for any other
 * value
 */
export function chainOf(value: Value | undefined): string[] | undefined {
  const condition = onlyMember(value, '@if')
  if (!isObject(condition)) return undefined
  const { exists, blank, then, else: otherwise } = condition
  const path = pathOf(then)
  if (path === undefined || pathOf(exists ?? testedBy(blank)) !== path) return undefined
  if (otherwise === undefined) return [path]
  const last = pathOf(otherwise)
  const others = last === undefined ? chainOf(otherwise) : [last]
  return others && [path, ...others]
}

/** Paths in their order; of neighbors in one object, only the first says which. */
const chainText = (paths: string[]): string =>
  paths
    .map((path, i) => {
      const [parent] = /^.*\./.exec(path) ?? ['']
      return i > 0 && paths[i - 1].lastIndexOf('.') === parent.length - 1 && paths[i - 1].startsWith(parent)
        ? path.slice(parent.length)
        : path
    })
    .join(', else ')

/** A directive in a few words, for one line. */
export function summaryOf(value: Value | undefined): string {
  const chain = chainOf(value)
  if (chain) return chainText(chain)
  const condition = onlyMember(value, '@if')
  if (!isObject(condition)) return kindOf(value) === 'json' ? JSON.stringify(value) : textOf(value)
  const { exists, blank, then, else: otherwise } = condition
  const tested = exists ?? testedBy(blank)
  const same = JSON.stringify(tested) === JSON.stringify(then)
  const first = same || tested === undefined ? summaryOf(then) : `if ${summaryOf(tested)} then ${summaryOf(then)}`
  return otherwise === undefined ? first : `${first}, else ${summaryOf(otherwise)}`
}

/** The value that a condition tests, without the `@replace` around it. */
function testedBy(blank: Value | undefined): Value | undefined {
  const replacing = onlyMember(blank, '@replace')
  return isObject(replacing) ? replacing.value : blank
}
