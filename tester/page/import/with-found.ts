import { textOf, withEventText, withMapping, type Work } from '../store/work'
import type { Found } from './recognize'

/** The most events that can be edited as one text. */
const MOST_IN_THE_EDITOR = 20

/**
 * @param name where it comes from
 * @returns the work with the imported content
 */
export function withFound(work: Work, found: Found, name: string): Work {
  switch (found.kind) {
    case 'events': {
      const { events } = found
      if (events.length > MOST_IN_THE_EDITOR) return { ...work, imported: { name, events } }
      return withEventText(work, textOf(events.length === 1 ? events[0] : events))
    }
    case 'mappings':
      return withMapping(work, ...found.mappings)
    case 'destination': {
      const { settings, mappings, settingsNotes: notes } = found
      // The server still fills in empty settings.
      return { ...work, settings: withoutEmpty(settings), mappings, notes: notes.length ? notes : undefined }
    }
    case 'scenario':
      return { ...found.work, resets: work.resets }
    case 'nothing':
      return work
  }
}

const withoutEmpty = (settings: Work['settings']): Work['settings'] =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
