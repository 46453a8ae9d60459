import type { JSONLikeObject } from '@segment/actions-core'
import { idIn } from '../leads/who/identity'
import { CALLS } from '../marketo/calls/all-calls'
import { cookieOf } from '../marketo/areas/munchkin'
import { sendAll } from '../marketo/calls/records'
import type { RecordTarget } from '../marketo/calls/records'
import { checkAge } from '../segment/age'
import { cookieToken } from '../segment/cookie'
import type { Answerable, Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { leadFormFieldsOf, visitorDataOf } from './submission'

interface FormEvent extends Answerable {
  target: RecordTarget
  submission: JSONLikeObject
}

export function readSubmission(payload: Payload, { client }: Context, leaveOut: LeaveOut): FormEvent {
  checkAge(payload)
  const formId = idIn(payload.formId, 'Form ID')
  const programId = payload.programId === undefined ? undefined : idIn(payload.programId, 'Program ID')
  const leadFormFields = leadFormFieldsOf(payload, leaveOut)
  const visitorData = visitorDataOf(payload, leaveOut)
  const token = cookieToken(payload.marketoCookie, client, leaveOut)
  return {
    target: { call: CALLS.submitForm, head: { formId, ...(programId !== undefined && { programId }) } },
    submission: {
      leadFormFields,
      ...(visitorData && { visitorData }),
      ...(token !== undefined && { cookie: cookieOf(client.munchkinId, token) })
    }
  }
}

/** Submits each form with its own call. Marketo itself finds or creates the lead, by email alone. */
export async function submitForms({ client }: Context, events: FormEvent[]): Promise<void> {
  for (const event of events) {
    const [outcome] = await sendAll(client, event.target, [event.submission])
    event.outcome = outcome
  }
}
