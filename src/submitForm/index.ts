import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { programChoices } from '../segment/program-choices'
import { formChoices, formFieldChoices } from './choices'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { readSubmission, submitForms } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Submit Form',
  description:
    'Submit a form of Marketo for a person, as if it were filled out on a web page. Each event takes a call.',
  defaultSubscription: 'type = "track"',
  fields,
  dynamicFields: {
    formId: formChoices,
    formFields: { __keys__: formFieldChoices },
    programId: programChoices
  },
  // Marketo takes one submission a call, so a batch would save nothing.
  perform: performs({ read: readSubmission, handle: submitForms }).perform
}

export default action
