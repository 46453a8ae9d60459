import type { ActionDefinition } from '@segment/actions-core'
import type { AudienceSettings, Settings } from '../generated-types'
import { shownError } from '../segment/errors'
import { savedOutputs } from '../segment/hook-outputs'
import { clientFor } from '../segment/perform'
import type { Context } from '../segment/perform'
import type { OnMappingSaveInputs, OnMappingSaveOutputs, Payload } from './generated-types'
import { makeType } from './make-type'
import { wantedTypeIn } from './plan-type'

type Action = ActionDefinition<Settings, Payload, AudienceSettings, OnMappingSaveInputs, OnMappingSaveOutputs>
type TypeHook = NonNullable<NonNullable<Action['hooks']>['onMappingSave']>

/** Creates an activity type, for which a marketer would need an administrator. */
export const typeHook: TypeHook = {
  label: 'Create the activity type',
  description:
    'Creates and approves a custom activity type in Marketo, if you enter a Type Name. Saved again, it adds attributes that are missing. Marketo has room for 10 types with 20 attributes each.',
  inputFields: {
    typeName: {
      label: 'Type Name',
      description:
        "Its name: letters, digits, spaces and underscores. If a type of that name exists, it is used. Empty: nothing is created. The API user's role needs the permission Read-Write Activity Metadata.",
      type: 'string'
    },
    primaryAttribute: {
      label: 'Primary Attribute',
      description:
        'The name of the primary field, which Primary Attribute Value fills, for example Order ID. Marketo cannot change it later.',
      type: 'string'
    },
    attributes: {
      label: 'Attributes',
      description:
        'The other fields, 20 at most: each a name, or a name and a type such as `Total: float`. Types: text (the default), string, boolean, integer, float, link, email, currency, date, datetime, phone.',
      type: 'string',
      multiple: true
    }
  },
  outputTypes: {
    activityTypeId: {
      label: 'Activity Type ID',
      description: 'The ID of the activity type. It goes before the field Activity Type ID.',
      type: 'integer',
      required: false
    }
  },
  performHook: async (request, { settings, hookInputs }) => {
    try {
      const wanted = wantedTypeIn({ ...hookInputs })
      if (!wanted) return { successMessage: 'No activity type was created, because Type Name is empty.', savedData: {} }
      const { id, notes } = await makeType(clientFor(request, settings), wanted)
      const next = `Its ID is ${id}, which this mapping uses. To be offered its attributes, also choose it for the field Activity Type ID.`
      return { successMessage: [...notes, next].join(' '), savedData: { activityTypeId: id } }
    } catch (error) {
      return { error: shownError(error) }
    }
  }
}

/** @returns the ID of the activity type that was made when the mapping was saved, if one was */
export const savedTypeId = (hookOutputs: Context['hookOutputs']): unknown =>
  savedOutputs<OnMappingSaveOutputs>(hookOutputs, 'onMappingSave').activityTypeId
