import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import { formValuesOf } from '../form-values'
import type { Settings } from '../generated-types'
import { warn } from '../warn'
import type { Payload } from './generated-types'

type Perform = BrowserActionDefinition<Settings, MarketoInPage, Payload>['perform']

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export const submitBackgroundForm: Perform = (marketo, { payload, settings, context }) => {
  const userId = payload.userId ? String(payload.userId) : undefined
  const email = payload.email || (userId && EMAIL.test(userId) ? userId : undefined)
  if (!email) return warn('Identify events without an email are not sent: Marketo tells people apart by it.')
  const anonymousId = settings.trackAnonymousActivity === true ? payload.anonymousId : undefined
  const person = { userId, anonymousId: context.event.anonymousId ?? undefined }
  marketo.submit(person, formValuesOf({ ...payload, userId, email, anonymousId }))
}
