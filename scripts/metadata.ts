import type { ActionDefinition, DestinationDefinition, GlobalSetting, InputField } from '@segment/actions-core'
import { audienceConfigOf, audienceFieldsOf } from './audience'

/** The text of `metadata.json`, as the actions CLI's `generate:metadata-payload` leaves it: prettier does not touch it there. */
export function metadataTextOf<Settings>(definition: DestinationDefinition<Settings>): string {
  return `${JSON.stringify(metadataOf(definition), null, 2)}\n`
}

/** The public form of the definition. */
function metadataOf<Settings>(definition: DestinationDefinition<Settings>) {
  const { slug, name, mode, description, authentication, actions, presets = [] } = definition
  return {
    slug,
    name,
    mode,
    description,
    authentication: authentication
      ? { scheme: authentication.scheme, fields: mapValues(authentication.fields, settingOf) }
      : null,
    audienceConfig: audiencesOf(definition),
    actions: mapValues(actions, actionOf),
    presets: presets.map((preset) => ({
      name: preset.name,
      type: preset.type,
      partnerAction: preset.partnerAction,
      subscribe: preset.type === 'automatic' ? preset.subscribe : undefined,
      mapping: preset.mapping ?? {},
      eventSlug: preset.type === 'specificEvent' ? preset.eventSlug : null
    }))
  }
}

function audiencesOf<Settings>(definition: DestinationDefinition<Settings>) {
  const config = audienceConfigOf(definition)
  if (!config) return null
  const { mode } = config
  return {
    mode: mode.type === 'synced' ? { type: mode.type, full_audience_sync: mode.full_audience_sync } : mode,
    audienceFields: mapValues(audienceFieldsOf(definition), settingOf),
    supportsAudienceFunctions: 'createAudience' in config && 'getAudience' in config
  }
}

function settingOf(setting: GlobalSetting) {
  return {
    label: setting.label,
    description: setting.description,
    type: setting.type,
    required: requiredOf(setting.required),
    multiple: setting.multiple ?? false,
    choices: choicesOf(setting.choices),
    default: setting.default ?? null,
    depends_on: setting.depends_on ?? null
  }
}

function actionOf<Settings>(action: ActionDefinition<Settings>) {
  return {
    title: action.title,
    description: action.description,
    platform: action.platform ?? 'cloud',
    defaultSubscription: action.defaultSubscription ?? null,
    hidden: action.hidden ?? false,
    hasPerformBatch: typeof action.performBatch === 'function',
    syncMode: action.syncMode
      ? {
          default: action.syncMode.default,
          label: action.syncMode.label,
          description: action.syncMode.description,
          choices: action.syncMode.choices.map(({ value, label }) => ({ value, label }))
        }
      : null,
    hooks: hooksOf(action.hooks ?? {}),
    dynamicFields: dynamicKeysOf(action.dynamicFields ?? {}),
    fields: mapValues(action.fields as Record<string, Field>, fieldOf)
  }
}

/** What a hook shows. */
interface Hook {
  label: string
  description: string
  inputFields?: object
  outputTypes?: object
}

function hooksOf(hooks: Record<string, Hook>) {
  return Object.keys(hooks).length > 0 ? mapValues(hooks, hookOf) : null
}

const hookOf = ({ label, description, inputFields, outputTypes }: Hook) => ({
  label,
  description,
  inputFields: mapValues((inputFields ?? {}) as Record<string, Field>, fieldOf),
  outputFields: mapValues((outputTypes ?? {}) as Record<string, Field>, fieldOf)
})

/** Only object fields whose keys or values have choices. For others, `dynamic` of the field says it. */
function dynamicKeysOf(dynamicFields: Record<string, unknown>): Record<string, string[]> | null {
  const keys = Object.entries(dynamicFields)
    .filter((entry): entry is [string, object] => typeof entry[1] === 'object' && entry[1] !== null)
    .map(([field, handlers]) => [
      field,
      Object.keys(handlers).filter((key) => key === '__keys__' || key === '__values__')
    ])
    .filter(([, handlers]) => handlers.length > 0)
  return keys.length > 0 ? (Object.fromEntries(keys) as Record<string, string[]>) : null
}

/** A field of an action or of a hook. A function may give its choices. */
type Field = Omit<InputField, 'dynamic'> & { dynamic?: unknown }

function fieldOf(field: Field): Record<string, unknown> {
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: requiredOf(field.required),
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: typeof field.dynamic === 'function' || (field.dynamic ?? false),
    default: field.default ?? null,
    choices: choicesOf(field.choices),
    placeholder: field.placeholder ?? null,
    properties: field.type === 'object' && field.properties ? mapValues(field.properties, propertyOf) : null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

const propertyOf = (property: Omit<InputField, 'description'>) => fieldOf(property as Field)

function requiredOf(required: InputField['required']) {
  return typeof required === 'object' ? required : required === true
}

function choicesOf(choices: InputField['choices']) {
  if (!choices || choices.length === 0) return null
  return choices.map((choice) => (typeof choice === 'string' ? { label: choice, value: choice } : choice))
}

function mapValues<T, R>(values: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))
}
