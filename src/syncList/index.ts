import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { listChoices } from './choices'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { listHook } from './hook'
import { readMember, syncMembers } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Sync List',
  description: 'Add people to a static list in Marketo and remove them from it, as they enter and leave an audience.',
  defaultSubscription: 'event = "Audience Entered" or event = "Audience Exited"',
  syncMode: {
    label: 'How to sync people',
    description: 'For reverse ETL: which changes of a model reach the list.',
    default: 'mirror',
    choices: [
      { label: 'Add people who are new or changed, and remove those who are gone', value: 'mirror' },
      { label: 'Only add people who are new', value: 'add' },
      { label: 'Only add people who are changed', value: 'update' },
      { label: 'Only add people who are new or changed', value: 'upsert' },
      { label: 'Only remove people who are gone', value: 'delete' }
    ]
  },
  fields,
  dynamicFields: { listId: listChoices },
  hooks: { retlOnMappingSave: listHook },
  ...performs({ read: readMember, handle: syncMembers })
}

export default action
