import { isObject } from '../shared/manifest'
import type { Work } from './work'

/** The form of a scenario's file. A later one that cannot be read like this gets another number. */
const VERSION = 1

/** Events, mappings and settings in a file of their own. Secrets are in no work. */
export const scenarioFile = (work: Work): string => JSON.stringify({ version: VERSION, scenario: work }, null, 2)

export const isScenario = (json: unknown): json is { scenario: Work } =>
  isObject(json) &&
  json.version === VERSION &&
  isObject(json.scenario) &&
  typeof json.scenario.eventText === 'string' &&
  Array.isArray(json.scenario.mappings) &&
  isObject(json.scenario.settings)
