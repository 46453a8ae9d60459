import { isObject } from './json'

/** The classic destination in Segment's catalog. Terraform names a type by its ID only. */
const METADATA_ID = '58f8f55a70a3e552b955a444'

/** The first line of a block, and of an attribute with JSON, in Terraform's configuration language. */
const BLOCK =
  /^[ \t]*(?:resource|data|import|terraform|provider|module|locals|variable|output)(?:(?:[ \t]+"[^"\n]*")+[ \t]*\{|[ \t]*\{\s*$)/m
const JSON_ATTRIBUTE = /^[ \t]*\w+[ \t]*=[ \t]*jsonencode[ \t]*\(/m

/** @returns whether a text is Terraform's configuration (HCL), and not JSON */
export const isHcl = (text: string): boolean => BLOCK.test(text) || JSON_ATTRIBUTE.test(text)

export const HCL_REMEDY =
  "It is Terraform's configuration (HCL). Run `terraform show -json > state.json` in its folder, and give state.json."

/**
 * @param json a resource or a state of Terraform, or an answer of its commands (`show -json`, `output -json`)
 * @returns the destinations in it, at any depth: their settings are JSON text
 */
export function destinationsIn(json: unknown): Record<string, unknown>[] {
  if (Array.isArray(json)) return json.flatMap(destinationsIn)
  if (!isObject(json)) return []
  if (isObject(settingsOf(json))) return [json]
  return Object.values(json).flatMap(destinationsIn)
}

/** @returns the settings of a destination; those that are text are read as JSON if they are */
export function settingsOf({ settings }: Record<string, unknown>): unknown {
  if (typeof settings !== 'string') return settings
  try {
    return JSON.parse(settings)
  } catch {
    return settings
  }
}

/** Whether a destination says that it has the classic type. */
export const hasClassicId = ({ metadata }: Record<string, unknown>): boolean =>
  isObject(metadata) && metadata.id === METADATA_ID
