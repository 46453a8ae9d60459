import type { Field } from '../shared/manifest'
import type { Settings } from '../shared/server'

export const secretsOf = (fields: Record<string, Field>): string[] =>
  Object.keys(fields).filter((name) => fields[name].type === 'password')

/** What may be kept in the browser and copied out. */
export const withoutSecrets = (settings: Settings, fields: Record<string, Field>): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => fields[name] && fields[name].type !== 'password'))
