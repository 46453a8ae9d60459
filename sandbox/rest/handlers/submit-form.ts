import { isIPv4 } from 'node:net'
import { ApiError, reason, type Reason } from '../../state/errors'
import { refusal } from '../../state/field-values'
import { fieldOfForm } from '../../state/fields'
import type { Form } from '../../state/forms'
import type { FieldValues } from '../../state/leads'
import type { Marketo } from '../../state/marketo'
import type { Lead } from '../../state/shapes'
import { isObject, type ReceivedCall, type InputRecord } from '../call'

/** Submit Form: one submission per call. Adobe does not document the code for an unknown form. */
export function submitForm(marketo: Marketo, { body, input }: ReceivedCall) {
  const { formId, programId } = body
  if (formId === undefined) throw new ApiError('1002', 'formId')
  if (!Number.isInteger(formId)) throw new ApiError('1001', formId, 'Integer')
  const form = marketo.forms.get(formId)
  if (!form || form.status === 'draft') throw new ApiError('1013')
  if (programId !== undefined) marketo.programs.get(Number(programId))

  const resultOf = (record: InputRecord) => {
    const reasons = refusals(marketo, form, record)
    return reasons.length > 0 ? { status: 'skipped', reasons } : submit(marketo, form, record, programId)
  }
  return { result: input.map(resultOf) }
}

/** The values by REST API name, as in the call. */
const valuesIn = ({ leadFormFields }: InputRecord) => (isObject(leadFormFields) ? leadFormFields : {})

function refusals(marketo: Marketo, form: Form, record: InputRecord): Reason[] {
  const unknown = Object.keys(record).filter((name) => !['leadFormFields', 'visitorData', 'cookie'].includes(name))
  const values = valuesIn(record)
  const onForm = new Set(form.fields.map(({ id }) => fieldOfForm(marketo.fields, id)?.name ?? id))
  const needed = form.fields
    .filter(({ required }) => required)
    .map(({ id }) => fieldOfForm(marketo.fields, id)?.name ?? id)
  return [
    ...unknown.map((name) => reason('1006', name)),
    ...[...new Set(['email', ...needed])].filter((name) => isEmpty(values[name])).map((name) => reason('1002', name)),
    ...Object.entries(values).flatMap(([name, value]) => {
      if (!onForm.has(name)) return [reason('1006', name)]
      const field = marketo.fields.get(name)
      return field && value !== null ? refusal(name, field.dataType, value) ?? [] : []
    }),
    ...visitorRefusals(record.visitorData),
    ...cookieRefusals(marketo, record.cookie)
  ]
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

const VISITOR_DATA: Record<string, (text: string) => boolean> = {
  pageURL: (text) => URL.canParse(text),
  queryString: () => true,
  leadClientIpAddress: isIPv4,
  userAgentString: () => true
}

function visitorRefusals(visitorData: unknown = {}): Reason[] {
  if (!isObject(visitorData)) return [reason('1001', visitorData, 'visitorData')]
  return Object.entries(visitorData).flatMap(([name, value]) => {
    if (!(name in VISITOR_DATA)) return [reason('1006', name)]
    if (typeof value !== 'string') return [reason('1001', value, 'String')]
    return VISITOR_DATA[name](value) ? [] : [reason('1003', `Invalid ${name} '${value}'`)]
  })
}

function cookieRefusals({ tracking }: Marketo, cookie: unknown): Reason[] {
  if (cookie === undefined) return []
  if (typeof cookie !== 'string') return [reason('1001', cookie, 'String')]
  try {
    tracking.tokenIn(cookie)
    return []
  } catch (error) {
    if (error instanceof ApiError) return [error.reason]
    throw error
  }
}

/**
 * A new lead gets its visitor's earlier activity, unless it belongs to another lead. Adobe does not say this about existing leads.
 * Here, they get only later visits.
 */
function takeCookie({ leads, tracking }: Marketo, lead: Lead, cookie: string, isNew: boolean): void {
  if (isNew) tracking.associate(lead.id, cookie)
  else leads.tie(tracking.tokenIn(cookie), lead)
}

function submit(marketo: Marketo, form: Form, record: InputRecord, programId: unknown) {
  const values = valuesIn(record) as FieldValues
  const isOfMember = (field: string) => marketo.programs.memberFields.some(({ name }) => name === field)
  const ofLead = Object.fromEntries(Object.entries(values).filter(([name]) => !isOfMember(name)))
  const latestFirst = marketo.leads
    .find('email', values.email)
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  const former = latestFirst.at(0)
  if (former) marketo.leads.update(former, ofLead)
  const lead = former ?? marketo.leads.create(ofLead, marketo.partitions[0])

  if (typeof record.cookie === 'string') takeCookie(marketo, lead, record.cookie, !former)
  marketo.forms.submit({
    formId: form.id,
    formName: form.name,
    leadId: lead.id,
    ...(typeof programId === 'number' && { programId }),
    fields: { ...values },
    visitorData: isObject(record.visitorData) ? record.visitorData : {},
    ...(typeof record.cookie === 'string' && { cookie: record.cookie })
  })
  marketo.activities.add({
    leadId: lead.id,
    activityDate: new Date(marketo.now()).toISOString(),
    activityTypeId: 2,
    activityTypeName: 'Fill Out Form',
    primaryAttributeValue: String(form.id),
    attributes: Object.entries(values).map(([apiName, value]) => ({ apiName, value }))
  })
  const hasMemberField = form.fields.some(({ id }) => isOfMember(id))
  const joined = programId ?? (hasMemberField ? form.programId : undefined)
  if (typeof joined === 'number') {
    const program = marketo.programs.get(joined)
    marketo.programs.join(program, lead.id)
    marketo.programs.setFields(
      program,
      lead.id,
      Object.fromEntries(Object.entries(values).filter(([name]) => isOfMember(name)))
    )
  }
  return { id: lead.id, status: former ? 'updated' : 'created' }
}
