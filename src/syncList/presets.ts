import { defaultValues } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import syncList from '.'

type Preset = NonNullable<DestinationDefinition['presets']>[number]
type EventPreset = Extract<Preset, { type: 'specificEvent' }>

/**
 * A preset cannot set the sync mode, from which the framework derives membership. So presets for linked audiences set the
 * membership themselves. Those for Journeys leave it to each event, because a Journey can also send exits.
 */
const preset = (name: string, eventSlug: EventPreset['eventSlug'], membership = 'automatic'): EventPreset => ({
  name,
  partnerAction: 'syncList',
  mapping: { ...defaultValues(syncList.fields), membership },
  type: 'specificEvent',
  eventSlug
})

/** actions-core 3.170.0 does not know this slug yet: https://github.com/segmentio/action-destinations, event-emitter-types.ts */
const ALL_JOURNEY_EVENTS = 'journey_step_all_events_track' as string as EventPreset['eventSlug']

/** The events of linked audiences and of Journeys that Segment offers list syncs for. */
export const listPresets: EventPreset[] = [
  preset('Entities Audience Entered', 'warehouse_audience_entered_track', 'add'),
  preset('Entities Audience Exited', 'warehouse_audience_exited_track', 'remove'),
  preset('Associated Entity Added', 'warehouse_entity_added_track', 'add'),
  preset('Associated Entity Removed', 'warehouse_entity_removed_track', 'remove'),
  preset('Journeys Step Entered', 'journeys_step_entered_track'),
  preset('Journey Step All Events', ALL_JOURNEY_EVENTS)
]
