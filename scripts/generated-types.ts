import { fieldsToJsonSchema } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import { prettier } from '../package.json'

type Fields = Parameters<typeof fieldsToJsonSchema>[0]
type Schema = ReturnType<typeof fieldsToJsonSchema>

/** The text of a `generated-types.ts`, as the actions CLI's `generate:types` writes it. */
export function typesOf(fields: Fields, name: 'Settings' | 'Payload'): Promise<string> {
  return compile(withoutTitles(fieldsToJsonSchema(fields, { tsType: true })), name, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    style: prettier as object
  })
}

function withoutTitles({ title: _title, enum: _enum, ...schema }: Schema): Schema {
  if (schema.type === 'object' && schema.properties) {
    const properties = Object.entries(schema.properties).map(([key, property]) => [key, withoutTitles(property)])
    return { ...schema, properties: Object.fromEntries(properties) as Schema['properties'] }
  }
  return schema.type === 'array' && schema.items ? { ...schema, items: withoutTitles(schema.items) } : schema
}
