import { hold, type Field, type Mapping, type Value } from '../shared/manifest'
import { FieldRow } from './field-row'
import type { Asking } from './use-choices'

interface Props {
  form: string
  fields: Record<string, Field>
  values: Mapping
  problems: Record<string, string>
  /** @param field the one that has changed */
  onChange: (values: Mapping, field: string) => void
  asking?: Asking
  /** Only fields with these words are shown. */
  search?: string
}

/** Headings of the categories; a field without one is data. */
const TITLES: Record<string, string> = {
  data: 'Data',
  identifier: 'Identifiers',
  hashedPII: 'Hashed personal data',
  config: 'Configuration',
  sync: 'Sync',
  internal: 'Internal'
}
const ADVANCED = 'Advanced'

/** A form drawn from the manifest: its fields by category, with rarely used ones collapsed. */
export function Fields({ form, fields, values, problems, onChange, asking, search = '' }: Props) {
  const groups = new Map<string, [string, Field][]>()
  for (const [name, field] of Object.entries(fields)) {
    if (field.unsafe_hidden || !hold(field.depends_on, values) || !isAbout(name, field, search)) continue
    const group = field.displayMode === 'collapsed' ? ADVANCED : field.category ?? 'data'
    groups.set(group, [...(groups.get(group) ?? []), [name, field]])
  }
  const set = (name: string, value: Value | undefined) => {
    const { [name]: _old, ...others } = values
    onChange(value === undefined ? others : { ...values, [name]: value }, name)
  }
  if (search && !groups.size) return <p className="empty">No field has “{search}”.</p>
  const sorted = [...groups].sort(([a], [b]) => Number(a === ADVANCED) - Number(b === ADVANCED))
  return sorted.map(([group, members]) => {
    const rows = members.map(([name, field]) => (
      <FieldRow
        key={name}
        {...{ form, name, field, values, asking }}
        problem={problems[name]}
        onChange={(value) => set(name, value)}
      />
    ))
    if (groups.size === 1 && !search) return rows
    if (group === ADVANCED) {
      const isNeeded = search !== '' || members.some(([name]) => problems[name])
      return (
        <details key={group} className="group" open={isNeeded || undefined}>
          <summary>{ADVANCED}</summary>
          {rows}
        </details>
      )
    }
    return (
      <fieldset key={group} className="group">
        <legend>{TITLES[group] ?? group}</legend>
        {rows}
      </fieldset>
    )
  })
}

/** @returns whether a field has all words of a search, in its name, label or description */
function isAbout(name: string, { label, description = '' }: Field, search: string): boolean {
  const text = `${name} ${label} ${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
