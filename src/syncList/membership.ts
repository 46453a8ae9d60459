import { PayloadValidationError } from '@segment/actions-core'
import type { AudienceMembership, InputField } from '@segment/actions-core'
import { converted, isPlain } from '../marketo/values/convert'
import type { Payload } from './generated-types'

/** The event's value under the key of its audience or Journey step. */
const valueIn = (place: 'properties' | 'traits') => ({
  '@if': {
    exists: { '@path': '$.context.personas.computation_key' },
    then: { '@path': { '@template': `$.${place}.{{context.personas.computation_key}}` } }
  }
})

/**
 * What an event says about membership besides the boolean that the framework reads. It must be mapped: in a batch, the framework's
 * `rawData` also has the events that it refused, so its positions are not those of the payloads.
 */
export const audienceEventField: InputField = {
  label: 'Audience Event',
  description: 'What an audience or a Journey writes into its event about the membership, for the choice Automatic.',
  type: 'object',
  unsafe_hidden: true,
  default: {
    name: { '@path': '$.event' },
    computationClass: { '@path': '$.context.personas.computation_class' },
    property: valueIn('properties'),
    trait: valueIn('traits')
  }
}

/**
 * @param isMember what the framework says: a boolean of an audience or a Journey, or a row of reverse ETL
 * @returns whether the person is added to the list, rather than removed
 * @throws PayloadValidationError if that is unknown
 */
export function isAdded({ membership, audienceEvent = {} }: Payload, isMember: AudienceMembership): boolean {
  if (membership === 'add') return true
  if (membership === 'remove') return false
  const isIn = isMember ?? membershipAsText(audienceEvent) ?? membershipByName(audienceEvent)
  if (isIn !== undefined) return isIn
  throw new PayloadValidationError(
    'Membership is unknown: the event does not say whether the person enters or leaves the audience. Set Membership to ' +
      'Add or Remove or, for Reverse ETL, choose how to sync people.'
  )
}

type AudienceEvent = NonNullable<Payload['audienceEvent']>

/** Journeys write "true": https://www.twilio.com/docs/segment/engage/journeys/v1/send-data */
function membershipAsText({ computationClass, property, trait }: AudienceEvent): AudienceMembership {
  if (computationClass !== 'audience' && computationClass !== 'journey_step') return undefined
  const value = property ?? trait
  const isIn = isPlain(value) ? converted(value, 'boolean') : undefined
  return typeof isIn === 'boolean' ? isIn : undefined
}

/** A step of a legacy Journey says nothing but its name. It only ever adds people. */
function membershipByName({ name, computationClass }: AudienceEvent): AudienceMembership {
  if (name === 'Audience Exited') return false
  if (name === 'Audience Entered' || computationClass === 'journey_step') return true
  return undefined
}
