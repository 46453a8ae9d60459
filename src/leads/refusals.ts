import { LATER, LEAD_EXISTS, LEAD_NOT_FOUND } from '../marketo/errors'
import type { Failure } from '../marketo/outcome'
import type { LeadEvent } from './event'

/** What Marketo would say with 1005. */
export const leadExists: Failure = {
  status: 400,
  code: LEAD_EXISTS,
  message:
    'The lead exists in Marketo, and the mapping only creates leads. Choose a way to sync leads that updates them.'
}

/** What Marketo would say with 1004. */
export function noLead({ record }: LeadEvent): Failure {
  const remedy = record ? 'Choose a way to sync leads that creates them.' : 'Turn on Create Lead.'
  return {
    status: 400,
    code: LEAD_NOT_FOUND,
    message: `No lead in Marketo matches, and the mapping creates none. ${remedy}`
  }
}

/** Written now, it would be overwritten by what failed, once that is sent again. */
export const afterFailed: Failure = {
  status: 503,
  message: `Not sent, because an earlier event about the same lead failed. ${LATER}`
}
