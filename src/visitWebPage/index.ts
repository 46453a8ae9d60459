import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFieldsWith, identityFields, marketoCookieField } from '../segment/fields'
import { performs } from '../segment/perform'
import { firstOf } from '../segment/traits'
import type { Payload } from './generated-types'
import { readVisit, visitPages } from './visit'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Visit Web Page',
  description: 'Record a Page event as a visited web page in Marketo.',
  defaultSubscription: 'type = "page"',
  fields: {
    url: {
      label: 'URL',
      description:
        'The page that was visited: an absolute URL, one without its scheme such as `example.com/pricing`, or a path such as `/pricing`.',
      type: 'string',
      required: true,
      default: firstOf('$.properties.url', '$.context.page.url')
    },
    userAgent: {
      label: 'User Agent',
      description:
        "The visitor's browser. Segment's libraries for browsers collect it; server-side libraries must be given it as `context.userAgent`.",
      type: 'string',
      required: true,
      default: { '@path': '$.context.userAgent' }
    },
    hostname: {
      label: 'Hostname',
      description: 'The website that a URL without one belongs to, as a host name or a URL.',
      type: 'string',
      default: firstOf('$.context.page.url')
    },
    referrer: {
      label: 'Referrer',
      description: 'The page that the visitor came from.',
      type: 'string',
      default: firstOf('$.properties.referrer', '$.context.page.referrer')
    },
    visitedAt: {
      label: 'Visited At',
      description: 'When the page was visited. When empty, now.',
      type: 'datetime',
      default: firstOf('$.timestamp')
    },
    ...identityFields,
    marketoCookie: marketoCookieField,
    associateLead: {
      label: 'Associate Web Activity',
      description:
        "Associates the visitor's web visits with the lead, if there is one. This never creates a lead. Each new visitor costs an API call. If it's off, visits stay anonymous.",
      type: 'boolean',
      default: true
    },
    ...batchFieldsWith(
      'Finds the leads of up to 300 visits with one API call. Without batching, each visit costs API calls of its own. The visits themselves cost none.'
    )
  },
  ...performs({ read: readVisit, handle: visitPages })
}

export default action
