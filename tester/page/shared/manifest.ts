import { isObject, type Value } from '../../../migration/json'
import { SYNC_MODE } from '../../../migration/sync-mode'

export { isObject, SYNC_MODE }
export type { Value }

/** The destination as `GET /manifest` describes it: everything that the forms need. */
export interface Manifest {
  name: string
  description?: string
  authentication?: { fields: Record<string, Field> }
  actions: Record<string, Action>
  /** Absent for a destination that takes no audiences. */
  audienceConfig?: object
  audienceFields?: Record<string, Field>
  presets?: Preset[]
}

export interface Action {
  title: string
  description: string
  defaultSubscription?: string
  fields: Record<string, Field>
  /** What runs when a mapping is saved, by the hook's name. */
  hooks?: Record<string, Hook>
  syncMode?: { label: string; description: string; default?: string; choices: Choice[] }
}

interface Hook {
  label: string
  description?: string
  inputFields?: Record<string, Field>
  outputTypes?: Record<string, Pick<Field, 'label' | 'description'>>
}

interface Preset {
  name: string
  subscribe?: string
  partnerAction: string
  mapping?: Mapping
}

export interface Choice {
  label: string
  value: string | number
  description?: string
}

export interface Field {
  label: string
  description?: string
  type: 'string' | 'text' | 'number' | 'integer' | 'datetime' | 'boolean' | 'password' | 'object'
  required?: boolean | Conditions
  default?: Value
  placeholder?: string
  choices?: (string | Choice)[]
  dynamic?: boolean
  multiple?: boolean
  properties?: Record<string, unknown>
  category?: string
  displayMode?: 'expanded' | 'normal' | 'collapsed'
  unsafe_hidden?: boolean
  disabledInputMethods?: string[]
  readOnly?: boolean
  depends_on?: Conditions
}

export interface Conditions {
  match?: 'any' | 'all'
  conditions: { type?: 'field' | 'syncMode'; fieldKey?: string; operator: 'is' | 'is_not'; value?: unknown }[]
}

export type Mapping = Record<string, Value>

export const choicesOf = ({ choices = [] }: Field): Choice[] =>
  choices.map((choice) => (typeof choice === 'string' ? { label: choice, value: choice } : choice))

/** What Segment fills in when an action is added. */
export function defaultMapping({ fields, syncMode }: Action): Mapping {
  const defaults = Object.entries(fields).flatMap(([key, field]): [string, Value][] =>
    field.default === undefined ? [] : [[key, field.default]]
  )
  return { ...Object.fromEntries(defaults), ...(syncMode?.default && { [SYNC_MODE]: syncMode.default }) }
}

/** @returns whether conditions hold for the values chosen so far; absent conditions always do */
export function hold(conditions: Conditions | undefined, values: Mapping): boolean {
  if (!conditions) return true
  const results = conditions.conditions.map(({ type, fieldKey = '', operator, value }) => {
    const actual = values[type === 'syncMode' ? SYNC_MODE : fieldKey]
    const expected = Array.isArray(value) ? value : [value]
    return expected.some((one) => (one ?? '') === (actual ?? '')) === (operator === 'is')
  })
  return conditions.match === 'any' ? results.some(Boolean) : results.every(Boolean)
}

export const isRequired = ({ required }: Field, values: Mapping): boolean =>
  typeof required === 'object' ? hold(required, values) : Boolean(required)
