import type { RequestHandler } from 'express'
import { classicSettingsIn } from '../migration/classic-settings'
import { migrationOf } from '../migration/migration'
import { Refusal } from '../migration/refusal'

/** The migration command, for the page: `text` is the JSON of a classic destination. */
export const migrate: RequestHandler = (req, res) => {
  const { text } = (req.body ?? {}) as { text?: unknown }
  try {
    res.json(migrationOf(classicSettingsIn(typeof text === 'string' ? text : '')))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    res.status(400).json({ error: error.message })
  }
}
