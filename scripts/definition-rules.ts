import type { ActionDefinition, DestinationDefinition, GlobalSetting } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import { audienceConfigOf, audienceFieldsOf } from './audience'

/** What is wrong with a definition, and where in it. */
export interface Problem {
  where: string
  what: string
}

type SettingFields = Record<string, GlobalSetting>
type Preset = NonNullable<DestinationDefinition['presets']>[number]

/** The maximum number of fields that divide events into batches. */
const BATCH_KEYS = 3

/** A setting with one of these words in its name is a secret. */
const SECRET_WORDS = ['key', 'token', 'secret', 'password', 'code']

/**
 * Names that the framework itself uses in settings of scheme oauth2; `generate:types` refuses them, in upper or lower
 * case.
 */
const OAUTH_NAMES = new Set([
  ...['oauth', 'oauth2', 'accesstoken', 'access-token', 'acccess_token', 'refresh-token', 'refresh_token'],
  ...['token_type', 'apikey', 'apisecret', 'clientsecret', 'password', 'secretkey', 'secret', 'securitytoken']
])

/** Checks a definition by the rules of the actions CLI: of `validate`, `validate-secret-fields` and `generate:types`. */
export function problemsOf<Settings>(definition: DestinationDefinition<Settings>): Problem[] {
  const { authentication } = definition
  const settings: SettingFields = authentication?.fields ?? {}
  return [
    ...(definition.slug ? [] : [problem('slug', 'is missing: metadata.json needs it')]),
    ...settingProblems('authentication.fields', settings),
    ...audienceProblems(definition),
    ...(authentication?.scheme === 'oauth2' ? reservedNames(settings) : []),
    ...actionProblems(definition),
    ...presetProblems(definition)
  ]
}

const problem = (where: string, what: string): Problem => ({ where, what })

function settingProblems(fields: string, settings: SettingFields): Problem[] {
  return Object.entries(settings).flatMap(([key, { type, default: value }]) => {
    const where = `${fields}.${key}`
    const problems: Problem[] = []
    if ((type === 'boolean' || type === 'number') && value !== undefined && typeof value !== type) {
      problems.push(problem(`${where}.default`, `is a ${typeof value}, but the setting's type is ${type}`))
    }
    if (isSecret(key) && type !== 'password') {
      problems.push(problem(`${where}.type`, `is ${type}, but must be password: the name says that it is a secret`))
    }
    return problems
  })
}

/** Without both functions the framework can neither create an audience nor find it again. */
function audienceProblems<Settings>(definition: DestinationDefinition<Settings>): Problem[] {
  const fields = audienceFieldsOf(definition)
  const config = audienceConfigOf(definition) ?? {}
  return [
    ...settingProblems('audienceFields', fields),
    ...Object.entries(fields)
      .filter(([, { description }]) => !description)
      .map(([key]) => problem(`audienceFields.${key}.description`, 'is missing')),
    ...('createAudience' in config === 'getAudience' in config
      ? []
      : [problem('audienceConfig', 'has only one of createAudience and getAudience')])
  ]
}

/** Stricter than the CLI, which finds the word in `client_secret`, but not in `clientSecret`. */
function isSecret(key: string): boolean {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
  return SECRET_WORDS.some((word) => words.includes(word))
}

function reservedNames(settings: SettingFields): Problem[] {
  return Object.keys(settings)
    .filter((key) => OAUTH_NAMES.has(key.toLowerCase()))
    .map((key) => problem(`authentication.fields.${key}`, 'is a name that the scheme oauth2 uses itself'))
}

function actionProblems<Settings>({ actions }: DestinationDefinition<Settings>): Problem[] {
  if (Object.keys(actions).length === 0) return [problem('actions', 'are missing: a destination needs at least one')]
  return Object.entries(actions).flatMap(([key, action]) => {
    const where = `actions.${key}`
    return [
      ...(action.description ? [] : [problem(`${where}.description`, 'is missing')]),
      ...(action.defaultSubscription ? fqlProblems(`${where}.defaultSubscription`, action.defaultSubscription) : []),
      ...fieldProblems(where, action),
      ...hookProblems(where, action)
    ]
  })
}

function fieldProblems<Settings>(action: string, { fields }: ActionDefinition<Settings>): Problem[] {
  return Object.entries(fields).flatMap(([key, { description, default: value }]) => {
    const where = `${action}.fields.${key}`
    return [
      ...(description ? [] : [problem(`${where}.description`, 'is missing')]),
      ...(key === 'batch_keys' ? batchKeyProblems(`${where}.default`, value, Object.keys(fields)) : [])
    ]
  })
}

function hookProblems<Settings>(action: string, { hooks = {} }: ActionDefinition<Settings>): Problem[] {
  return Object.entries(hooks)
    .filter(([, { description }]) => !description)
    .map(([name]) => problem(`${action}.hooks.${name}.description`, 'is missing'))
}

function batchKeyProblems(where: string, value: unknown, fields: string[]): Problem[] {
  if (!Array.isArray(value)) return [problem(where, 'is not a list of field keys')]
  const keys = value.map(String)
  return [
    ...(keys.length > BATCH_KEYS ? [problem(where, `names ${keys.length} fields: ${BATCH_KEYS} at most`)] : []),
    ...(keys.includes('batch_keys') ? [problem(where, 'names batch_keys itself')] : []),
    ...keys.filter((key) => !fields.includes(key)).map((key) => problem(where, `names "${key}", which is not a field`))
  ]
}

function presetProblems<Settings>({ actions, presets = [] }: DestinationDefinition<Settings>): Problem[] {
  return presets.flatMap((preset, i) => {
    const where = `presets[${i}] ("${preset.name}")`
    const fql = triggerProblems(where, preset)
    const action = actions[preset.partnerAction]
    if (!action)
      return [...fql, problem(`${where}.partnerAction`, `is "${preset.partnerAction}", which is not an action`)]
    const strangers = Object.keys(preset.mapping ?? {}).filter((field) => !(field in action.fields))
    return [
      ...fql,
      ...strangers.map((field) =>
        problem(`${where}.mapping.${field}`, `is for a field that the action "${preset.partnerAction}" does not have`)
      )
    ]
  })
}

/** The trigger of a preset: a condition, or an event that Segment's platform names. */
function triggerProblems(where: string, preset: Preset): Problem[] {
  if (preset.type === 'automatic') return fqlProblems(`${where}.subscribe`, preset.subscribe)
  return preset.eventSlug ? [] : [problem(`${where}.eventSlug`, 'is missing: no event would set the preset off')]
}

function fqlProblems(where: string, fql: string): Problem[] {
  const { error } = parseFql(fql) as { error?: Error }
  return error ? [problem(where, `is not FQL: ${error.message}`)] : []
}
