import type { ActionDefinition } from '@segment/actions-core'
import type { AudienceSettings, Settings } from '../generated-types'
import { withoutEvents } from '../marketo/transport/errors'
import { shownError } from '../segment/errors'
import { clientFor } from '../segment/perform'
import type { OnMappingSaveInputs, OnMappingSaveOutputs, Payload } from './generated-types'
import { createKeyFields } from './key-fields'

type Action = ActionDefinition<Settings, Payload, AudienceSettings, OnMappingSaveInputs, OnMappingSaveOutputs>
type FieldsHook = NonNullable<NonNullable<Action['hooks']>['onMappingSave']>

/** Creates the two custom lead fields for finding leads, which is the most tedious step of the setup. */
export const fieldsHook: FieldsHook = {
  label: 'Create the lead fields',
  description:
    'Creates the custom lead fields `userId` (Segment User ID) and `anonymousId` (Segment Anonymous ID) in Marketo, if they are missing. Fields cannot be deleted from Marketo later.',
  inputFields: {
    createFields: {
      label: 'Create Fields',
      description:
        "Off: nothing is created. On: missing fields are created. The API user's role needs the permission Read-Write Schema Custom Field.",
      type: 'boolean',
      default: false
    }
  },
  outputTypes: {
    created: {
      label: 'Created Fields',
      description: 'The lead fields that were created when the mapping was saved.',
      type: 'string',
      required: false
    }
  },
  performHook: async (request, { settings, hookInputs }) => {
    try {
      if (hookInputs?.createFields !== true) {
        return { successMessage: 'Nothing was created, because Create Fields is off.', savedData: {} }
      }
      const { created, notes, problems } = await createKeyFields(clientFor(request, settings))
      const message = [...notes, ...problems].join(' ')
      if (problems.length > 0) return { error: { message: withoutEvents(message), code: '400' } }
      return { successMessage: message, savedData: { created: created.join(', ') } }
    } catch (error) {
      return { error: shownError(error) }
    }
  }
}
