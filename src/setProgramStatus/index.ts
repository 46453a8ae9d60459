import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { programChoices } from '../segment/program-choices'
import { statusChoices } from './choices'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { readStatus, setStatuses } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Set Program Status',
  description: 'Set the status that a lead has in a program of Marketo. Who is not a member yet becomes one.',
  defaultSubscription: 'type = "track"',
  fields,
  dynamicFields: {
    programId: programChoices,
    status: statusChoices
  },
  ...performs({ read: readStatus, handle: setStatuses })
}

export default action
