import { PayloadValidationError } from '@segment/actions-core'
import type { InputField } from '@segment/actions-core'
import { timeWritten } from '../marketo/values/written-date'
import { checkedDate } from './dates'
import { firstOf } from './traits'
import { isEmpty } from './values'

const HOUR_MS = 3_600_000

interface Age {
  eventTime?: string | number
  maxAgeHours?: number
}

/**
 * Keeps replays and imports from reaching people today about what happened long ago.
 * @param does what an old event does not do, for example "run the campaign"
 */
export const ageFields = (does: string): Record<'eventTime' | 'maxAgeHours', InputField> => ({
  eventTime: {
    label: 'Event Time',
    description: 'When the event took place. Only Maximum Age uses it. When empty, the event counts as new.',
    type: 'datetime',
    default: firstOf('$.timestamp')
  },
  maxAgeHours: {
    label: 'Maximum Age (Hours)',
    description: `An event that took place longer ago fails, so that a replay or an import doesn't ${does} today for what happened last year. When empty, there is no limit.`,
    // Without a minimum: the framework would refuse every event for a number outside of it.
    type: 'number',
    default: 24
  }
})

/** @throws PayloadValidationError for an event that is too old, or whose time is no date; never without a limit or a time */
export function checkAge({ eventTime, maxAgeHours }: Age): void {
  if (typeof maxAgeHours !== 'number' || eventTime === undefined || isEmpty(eventTime)) return
  const age = Date.now() - checkedDate(timeWritten(eventTime), 'Event Time').getTime()
  if (age <= maxAgeHours * HOUR_MS) return
  throw new PayloadValidationError(
    `Event Time is more than ${maxAgeHours} hours ago, which Maximum Age (Hours) does not allow, so that a replay reaches nobody about the past. For older events, enter more hours, or clear Maximum Age (Hours).`
  )
}
