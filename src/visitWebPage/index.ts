import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { readVisit, visitPages } from './visit'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Visit Web Page',
  description: 'Report a Page event as a visited web page in Marketo.',
  defaultSubscription: 'type = "page"',
  fields,
  ...performs({ read: readVisit, handle: visitPages })
}

export default action
