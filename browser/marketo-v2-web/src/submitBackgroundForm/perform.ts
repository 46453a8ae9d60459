import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import { formValuesOf } from '../form-values'
import type { Settings } from '../generated-types'
import { identifierOf } from '../identifier'
import { warn } from '../warn'
import type { Payload } from './generated-types'

type Perform = BrowserActionDefinition<Settings, MarketoInPage, Payload>['perform']

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export const submitBackgroundForm: Perform = (marketo, { payload, settings, context }) => {
  const userId = identifierOf(payload.userId)
  // Marketo would silently refuse another one.
  const email = [payload.email, userId].map((value) => String(value).trim()).find((text) => EMAIL.test(text))
  if (!email) return warn('Identify events without an email are not sent.')
  const anonymousId = settings.trackAnonymousActivity ? identifierOf(payload.anonymousId) : undefined
  const person = { userId, anonymousId: context.event.anonymousId ?? undefined }
  marketo.submit(person, formValuesOf({ ...payload, userId, email, anonymousId }))
}
