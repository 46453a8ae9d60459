import type { ActionDefinition, DestinationDefinition, GlobalSetting, InputField } from '@segment/actions-core'
import { summaryOf } from '../migration/directive'
import type { Value } from '../migration/json'
import { TRAITS, traitFields } from '../src/segment/traits'
import type { TraitField } from '../src/segment/traits'
import { audienceFieldsOf } from './audience'
import { table } from './markdown'

/**
 * The tables of a destination's page, by name: its settings, the settings of an audience, its presets, its actions, the fields that
 * most actions share, and the other fields of each action by its key.
 */
export function fieldTables<Settings>(definition: DestinationDefinition<Settings>): Record<string, string> {
  const { authentication, actions, presets = [] } = definition
  return {
    settings: settingsTable(authentication?.fields ?? {}),
    audience: settingsTable(audienceFieldsOf(definition)),
    presets: table(
      ['Preset', 'Trigger', 'Action'],
      presets.map((preset) => [
        preset.name ?? '',
        code(preset.type === 'automatic' ? preset.subscribe : preset.eventSlug),
        actions[preset.partnerAction].title
      ])
    ),
    actions: actionsTable(definition, ({ title }) => `[${title}](#${title.toLowerCase().replace(/ /g, '-')})`),
    shared: sharedTable(Object.values(actions)),
    ...Object.fromEntries(
      Object.entries(actions).map(([key, action]) => [key, fieldsTable(action, Object.values(actions))])
    )
  }
}

/** What each action does. @param nameOf how the table names an action */
export function actionsTable<Settings>(
  { actions }: DestinationDefinition<Settings>,
  nameOf: (action: ActionDefinition<Settings>) => string
): string {
  return table(
    ['Action', 'Default trigger', 'What it does'],
    Object.values(actions).map((action) => [nameOf(action), code(action.defaultSubscription ?? ''), action.description])
  )
}

/** The folder of each action. */
export const foldersTable = <Settings>({ actions }: DestinationDefinition<Settings>): string =>
  table(
    ['Action', 'What it does'],
    Object.entries(actions).map(([key, { description }]) => [code(`${key}/`), description])
  )

function settingsTable(settings: Record<string, GlobalSetting>): string {
  return table(
    ['Setting', 'Default', 'What it is for'],
    Object.values(settings).map(({ label, description, required, default: value }) => [
      named(label, required === true),
      value === undefined ? '' : code(String(value)),
      cell(description)
    ])
  )
}

/** The fields that most actions have. They stand once on the page, and not in the table of each action. */
function sharedTable<Settings>(actions: ActionDefinition<Settings>[]): string {
  const rows = new Map(
    actions.flatMap((action) =>
      fieldRows(action)
        .filter((row) => isShared(row, actions))
        .map((row) => [row.join(), row] as const)
    )
  )
  return table(
    ['Field', 'Type', 'Default mapping', 'Actions', 'What it is for'],
    [...rows.values()].map((row) => {
      const [label, type, value, purpose] = row
      const others = actions.filter((action) => !has(action, row)).map(({ title }) => title)
      return [label, type, value, others.length === 0 ? 'all' : `all but ${others.join(', ')}`, purpose]
    })
  )
}

function fieldsTable<Settings>(action: ActionDefinition<Settings>, actions: ActionDefinition<Settings>[]): string {
  const { syncMode } = action
  const choices = syncMode?.choices.map(({ label }) => `_${label}_`).join(', ')
  const rows = [
    ...(syncMode ? [[syncMode.label, 'choice', code(syncMode.default), `${syncMode.description} ${choices}.`]] : []),
    ...fieldRows(action).filter((row) => !isShared(row, actions))
  ]
  if (rows.length === 0) return 'It has no other fields.'
  return table(['Field', 'Type', 'Default mapping', 'What it is for'], rows)
}

/** What the page says about each field that the mapping page shows. */
function fieldRows<Settings>({ fields }: ActionDefinition<Settings>): string[][] {
  return Object.values(fields as Record<string, InputField>)
    .filter((field) => !field.unsafe_hidden)
    .map(({ label, type, required, default: value, description }) => [
      named(label, required === true),
      type,
      value === undefined ? '' : code(summaryOf(value as Value)),
      cell(description)
    ])
}

/** Whether most actions have a field about which the page says the same. */
const isShared = <Settings>(row: string[], actions: ActionDefinition<Settings>[]): boolean =>
  actions.filter((action) => has(action, row)).length > actions.length / 2

const has = <Settings>(action: ActionDefinition<Settings>, row: string[]): boolean =>
  fieldRows(action).some((other) => other.join() === row.join())

/** Which traits fill the standard lead fields. */
export function traitTable(): string {
  const fields = traitFields()
  const keys = Object.keys(TRAITS) as TraitField[]
  return table(
    ['Field of Upsert Lead', 'REST API name', 'Traits, in this order'],
    keys.map((key) => [fields[key].label, code(TRAITS[key].rest), TRAITS[key].paths.map(code).join(', ')])
  )
}

const named = (label: string, required: boolean): string => (required ? `${label}\\*` : label)
const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => text.replace(/\|/g, '\\|')
