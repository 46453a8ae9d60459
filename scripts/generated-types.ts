import { fieldsToJsonSchema } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import { prettier } from '../package.json'
import { audienceFieldsOf } from './audience'

type Fields = Parameters<typeof fieldsToJsonSchema>[0]
type Schema = ReturnType<typeof fieldsToJsonSchema>

/** The text of the `generated-types.ts` beside a definition, as the actions CLI's `generate:types` writes it. */
export async function destinationTypes<Settings>(definition: DestinationDefinition<Settings>): Promise<string> {
  const audienceFields = audienceFieldsOf(definition)
  return [
    await typesOf(definition.authentication?.fields ?? {}, 'Settings'),
    ...(Object.keys(audienceFields).length > 0 ? [await typesOf(audienceFields, 'AudienceSettings')] : [])
  ].join('')
}

/** The same for the one beside an action. */
export async function actionTypes<Settings>({ fields, hooks = {} }: ActionDefinition<Settings>): Promise<string> {
  const types = [await typesOf(fields, 'Payload')]
  for (const [name, { inputFields, outputTypes }] of Object.entries(hooks)) {
    if (inputFields) types.push(await typesOf(inputFields as Fields, `${name}Inputs`))
    if (outputTypes) types.push(await typesOf(outputTypes as Fields, `${name}Outputs`))
  }
  return types.join('')
}

function typesOf(fields: Fields, name: string): Promise<string> {
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
