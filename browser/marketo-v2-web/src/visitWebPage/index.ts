import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import type { Settings } from '../generated-types'
import { firstOf } from '../shared/traits'
import type { Payload } from './generated-types'
import { visitWebPage } from './perform'

const action: BrowserActionDefinition<Settings, MarketoInPage, Payload> = {
  title: 'Visit Web Page',
  description: 'Record a Page event as a visited web page in Marketo.',
  platform: 'web',
  defaultSubscription: 'type = "page"',
  fields: {
    url: {
      label: 'URL',
      description:
        'The page that was visited: an absolute URL, or a path such as `/pricing`. Munchkin reports its path and query under the host of the page that it runs in.',
      type: 'string',
      default: /* @__PURE__ */ firstOf('$.properties.url', '$.context.page.url')
    },
    userId: {
      label: 'User ID',
      description: 'Your ID of the user. Without one, visits count only while "Track Anonymous Activity" is on.',
      type: 'string',
      default: { '@path': '$.userId' }
    }
  },
  perform: visitWebPage
}

export default action
