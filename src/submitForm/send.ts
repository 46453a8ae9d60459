import type { JSONLikeObject } from '@segment/actions-core'
import { idIn } from '../segment/identity'
import { CALLS } from '../marketo/calls/all-calls'
import { cookieOf } from '../marketo/areas/munchkin'
import { sendAll } from '../marketo/calls/records'
import { knownRestNames, restNamesBySpelling } from '../marketo/areas/forms'
import type { MarketoClient } from '../marketo/transport/client'
import { FIELD_MISSING, VALUE_MISSING } from '../marketo/transport/errors'
import { failureOf, isFailure, isRetried } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'
import type { RecordTarget } from '../marketo/calls/records'
import { checkAge } from '../segment/age'
import { cookieToken } from '../segment/cookie'
import type { Answerable, Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { inRestNames, leadFormFieldsOf, visitorDataOf } from './submission'

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
  const token = cookieToken(payload.marketoCookie, client.munchkinId, leaveOut)
  return {
    target: { call: CALLS.submitForm, head: { formId, ...(programId !== undefined && { programId }) } },
    submission: {
      leadFormFields,
      ...(visitorData && { visitorData }),
      ...(token !== undefined && { cookie: cookieOf(client.munchkinId, token) })
    }
  }
}

const submit = async (client: MarketoClient, target: RecordTarget, submission: JSONLikeObject): Promise<Outcome> =>
  (await sendAll(client, target, [submission]))[0]

/** Marketo lacks a field of that name or, because of its name, a value that the form demands. */
const isAboutNames = ({ code = '' }: Failure): boolean => [FIELD_MISSING, VALUE_MISSING].includes(code)

/** Names of fields in forms begin with a capital letter, such as `FirstName`. REST API names of standard fields do not. */
const mayBeFormNames = ({ leadFormFields }: JSONLikeObject): boolean =>
  Object.keys(leadFormFields as JSONLikeObject).some((name) => /^[A-Z]/.test(name))

/** The form lists its fields by other names, and Marketo refused those that it does not know. So nothing is submitted yet. */
async function submitInRestNames(client: MarketoClient, event: FormEvent, refused: JSONLikeObject): Promise<void> {
  const restNames = await restNamesBySpelling(client).catch(failureOf)
  if (isFailure(restNames)) {
    if (isRetried(restNames)) event.outcome = restNames
    return
  }
  const submission = inRestNames(refused, restNames)
  if (submission !== refused) event.outcome = await submit(client, event.target, submission)
}

/** Submits each form with its own call. Marketo itself finds or creates the lead, by email alone. */
export async function submitForms({ client }: Context, events: FormEvent[]): Promise<void> {
  for (const event of events) {
    const restNames = knownRestNames(client)
    const first = restNames ? inRestNames(event.submission, restNames) : event.submission
    event.outcome = await submit(client, event.target, first)
    if (isFailure(event.outcome) && isAboutNames(event.outcome) && mayBeFormNames(first)) {
      await submitInRestNames(client, event, first)
    }
  }
}
