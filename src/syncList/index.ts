import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFields, CHARGED, createLeadFields, identityFields } from '../segment/fields'
import { performs } from '../segment/perform'
import { listChoices } from './choices'
import type { Payload } from './generated-types'
import { listHook } from './hook'
import { audienceEventField } from './membership'
import { readMember, syncMembers } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Sync List',
  description: 'Add people to a static list in Marketo and remove them from it, as they enter and leave an audience.',
  defaultSubscription: 'event = "Audience Entered" or event = "Audience Exited"',
  syncMode: {
    label: 'How to sync people',
    description: 'For Reverse ETL: which changes of a model reach the list.',
    default: 'mirror',
    choices: [
      { label: 'Add people who are new or changed, and remove those who are gone', value: 'mirror' },
      { label: 'Only add people who are new', value: 'add' },
      { label: 'Only add people who are changed', value: 'update' },
      { label: 'Only add people who are new or changed', value: 'upsert' },
      { label: 'Only remove people who are gone', value: 'delete' }
    ]
  },
  fields: {
    listId: {
      label: 'Static List ID',
      description:
        "The list in Marketo. For an audience or a Journey, leave the default: Segment fills in the audience's list. For Reverse ETL, choose the list that you chose or created when you connected it.",
      type: 'integer',
      required: true,
      dynamic: true,
      default: { '@path': '$.context.personas.external_audience_id' }
    },
    membership: {
      label: 'Membership',
      description:
        'Whether the event adds the person to the list or removes the person from it. Automatic goes by what the audience, the Journey or the Reverse ETL sync writes into the event.',
      type: 'string',
      choices: [
        { label: 'Automatic', value: 'automatic' },
        { label: 'Add to the list', value: 'add' },
        { label: 'Remove from the list', value: 'remove' }
      ],
      default: 'automatic'
    },
    audienceEvent: audienceEventField,
    ...identityFields,
    ...createLeadFields(`A removal creates none. ${CHARGED}`, {
      fieldKey: 'membership',
      operator: 'is_not',
      value: 'remove'
    }),
    ...batchFields,
    batch_keys: {
      label: 'Batch Keys',
      description: 'Events with different values of these fields never share a batch.',
      type: 'string',
      multiple: true,
      required: false,
      unsafe_hidden: true,
      default: ['listId']
    }
  },
  dynamicFields: { listId: listChoices },
  hooks: { retlOnMappingSave: listHook },
  ...performs({ read: readMember, handle: syncMembers })
}

export default action
