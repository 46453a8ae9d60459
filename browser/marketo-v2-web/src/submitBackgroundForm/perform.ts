import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { MarketoInPage } from '../client'
import { formValuesOf } from '../form-values'
import type { Settings } from '../generated-types'
import { identifierOf } from '../identifier'
import { emailIn } from '../shared/artifacts'
import { warn } from '../warn'
import type { Payload } from './generated-types'

type Perform = BrowserActionDefinition<Settings, MarketoInPage, Payload>['perform']

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** @returns the address, if it is one: Marketo would silently refuse anything else */
function emailOf(value: unknown): string | undefined {
  const email = emailIn(String(value))
  return email && EMAIL.test(email) ? email : undefined
}

export const submitBackgroundForm: Perform = (marketo, { payload, settings, context }) => {
  const userId = identifierOf(payload.userId)
  const emailInAnonymousId = emailOf(payload.anonymousId)
  const email = emailOf(payload.email) ?? emailOf(userId) ?? emailInAnonymousId
  if (!email) return warn('Identify events without an email are not sent.')
  const isTracked = settings.trackAnonymousActivity && !emailInAnonymousId
  const anonymousId = isTracked ? identifierOf(payload.anonymousId) : undefined
  const person = { userId, anonymousId: context.event.anonymousId ?? undefined }
  marketo.submit(person, formValuesOf({ ...payload, userId, email, anonymousId }))
}
