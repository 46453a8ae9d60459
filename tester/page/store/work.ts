import type { Load } from '../cost/calls'
import { FIRST_SAMPLE } from '../events/samples'
import { defaultMapping, isObject, type Manifest, type Mapping } from '../shared/manifest'
import type { Event, Settings } from '../shared/server'

/** A mapping as Segment's app lists it: its name, its trigger, and whether it is on. */
export interface MappingEntry {
  id: string
  name: string
  action: string
  /** The trigger, in Segment's query language (FQL). */
  subscribe: string
  enabled: boolean
  mapping: Mapping
  /** Notes of the migration about it. */
  notes?: string[]
  /** Its daily load, for the estimate of its cost. */
  load?: Partial<Load>
}

/** Everything that the user works on, except secrets. */
export interface Work {
  /** The text in the editor: an event, or a list of them. */
  eventText: string
  /** Imported events, which replace those in the editor if they are too many to edit as one text. */
  imported?: { name: string; events: Event[] }
  mappings: MappingEntry[]
  settings: Settings
  /** Notes of the migration about the settings. */
  notes?: string[]
  /** The number of resets of the sandbox's Marketo. A reset is undone like any step of the work. */
  resets?: number
}

/** @returns the initial work, with the presets that are added automatically, as in Segment */
export function startingWork(manifest: Manifest): Work {
  return {
    eventText: textOf(FIRST_SAMPLE.event),
    mappings: presetsOf(manifest),
    settings: defaultSettings(manifest)
  }
}

export const textOf = (event: Event | Event[]): string => JSON.stringify(event, null, 2)

/**
 * @returns the presets that are added automatically; those for Segment's own events, such as audiences, have no trigger
 */
export function presetsOf({ presets = [], actions }: Manifest): MappingEntry[] {
  return presets.flatMap(({ name, partnerAction, subscribe, mapping }) => {
    if (subscribe === undefined) return []
    return {
      id: `preset-${partnerAction}`,
      name,
      action: partnerAction,
      subscribe,
      enabled: true,
      mapping: isObject(mapping) ? mapping : defaultMapping(actions[partnerAction])
    }
  })
}

/** @returns a mapping of that action as Segment adds it: with the default trigger and mapping */
export function newMapping({ actions }: Manifest, action: string): MappingEntry {
  const { title, defaultSubscription = 'type = "track"' } = actions[action]
  return {
    id: crypto.randomUUID(),
    name: title,
    action,
    subscribe: defaultSubscription,
    enabled: true,
    mapping: defaultMapping(actions[action])
  }
}

export const withMapping = (work: Work, ...entries: MappingEntry[]): Work => ({
  ...work,
  mappings: [...work.mappings, ...entries]
})

export const changeMapping = (work: Work, id: string, change: Partial<MappingEntry>): Work => ({
  ...work,
  mappings: work.mappings.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
})

export const withoutMapping = (work: Work, id: string): Work => ({
  ...work,
  mappings: work.mappings.filter((entry) => entry.id !== id)
})

/** @returns the work with a copy right after a mapping. The copy is off, or each event would be sent twice */
export function duplicateMapping(work: Work, id: string, copyId: string): Work {
  return {
    ...work,
    mappings: work.mappings.flatMap((entry) =>
      entry.id === id ? [entry, { ...entry, id: copyId, name: `${entry.name} (copy)`, enabled: false }] : [entry]
    )
  }
}

export const withReset = (work: Work): Work => ({ ...work, resets: (work.resets ?? 0) + 1 })

export const withEventText = (work: Work, eventText: string): Work => ({ ...work, eventText, imported: undefined })

/** @returns the work without mappings of actions that this destination does not have */
export function adaptedTo(work: Work, { actions }: Manifest): Work {
  return { ...work, mappings: work.mappings.filter(({ action }) => Object.keys(actions).includes(action)) }
}

function defaultSettings({ authentication }: Manifest): Settings {
  return Object.fromEntries(
    Object.entries(authentication?.fields ?? {}).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]]
    )
  )
}
