import { isObject } from '../shared/manifest'
import type { Work } from './work'

/** The version of a scenario's file format. An incompatible format gets another number. */
const VERSION = 1

/** A file with events, mappings and settings. The work never includes secrets. */
export const scenarioFile = (work: Work): string => JSON.stringify({ version: VERSION, scenario: work }, null, 2)

export const isScenario = (json: unknown): json is { scenario: Work } =>
  isObject(json) &&
  json.version === VERSION &&
  isObject(json.scenario) &&
  typeof json.scenario.eventText === 'string' &&
  Array.isArray(json.scenario.mappings) &&
  isObject(json.scenario.settings)
