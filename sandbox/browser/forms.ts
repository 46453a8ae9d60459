import { createHash } from 'node:crypto'
import { json, type Answer, type HttpCall } from '../rest/message'
import { refusal } from '../state/field-values'
import { fieldOfForm, type Field } from '../state/fields'
import type { Form } from '../state/forms'
import type { FieldValues } from '../state/leads'
import type { Marketo } from '../state/marketo'
import type { Lead } from '../state/shapes'
import { publicScript, script } from './files'

/** Besides the fields of the lead, a submission has these. */
const OF_THE_SCRIPT = [
  ...['formid', 'munchkinId', 'formVid', '_mkt_trk', 'mkt_tok'],
  ...['_mktoReferrer', 'checksumFields', 'checksum']
]

const FILL_OUT_FORM = { id: 2, name: 'Fill Out Form' }

export const xdFrame: Answer = {
  status: 200,
  type: 'text/html;charset=UTF-8',
  body: '<!doctype html><title>XDFrame</title><script src="/js/forms2/js/xdframe.js"></script>'
}

export const formScript = (path: string): Answer =>
  publicScript(path.endsWith('/xdframe.js') ? 'xdframe.js' : 'forms2.js')

/** What loadForm asks for, as JSONP. */
export function getForm({ forms, munchkinId }: Marketo, { params }: HttpCall): Answer {
  const form = forms.get(Number(params.get('form')))
  const isOurs = params.get('munchkinId')?.toUpperCase() === munchkinId
  const descriptor =
    form && isOurs
      ? { Id: form.id, Vid: form.id, Status: 'approved', rows: [], munchkinId, required: requiredOf(form) }
      : { error: true, message: 'Form not found' }
  return script(`${params.get('callback') ?? 'callback'}(${JSON.stringify(descriptor)})`)
}

const requiredOf = ({ fields }: Form) => fields.flatMap(({ id, required }) => (required ? [id] : []))

/** A submission: the lead that the cookie belongs to wins over one with the email; else a lead is created. */
export function save2(marketo: Marketo, { body }: HttpCall): Answer {
  const given = Object.fromEntries(new URLSearchParams(body.toString()))
  const refused = refusalOf(marketo, given)
  if (refused) return json({ error: true, errorCode: '400', message: refused }, 400)

  const values = Object.fromEntries(Object.entries(given).filter(([name]) => !OF_THE_SCRIPT.includes(name)))
  const lead = leadOf(marketo, values, given._mkt_trk)
  if (given._mkt_trk) marketo.tracking.associate(lead.id, given._mkt_trk)
  const form = marketo.forms.get(Number(given.formid))
  marketo.forms.submit({
    formId: Number(given.formid),
    formName: form?.name ?? '',
    leadId: lead.id,
    fields: values,
    visitorData: {},
    ...(given._mkt_trk && { cookie: given._mkt_trk })
  })
  const { id } = marketo.activities.add({
    leadId: lead.id,
    activityDate: new Date(marketo.now()).toISOString(),
    activityTypeId: FILL_OUT_FORM.id,
    activityTypeName: FILL_OUT_FORM.name,
    primaryAttributeValue: given.formid,
    attributes: Object.entries(values).map(([apiName, value]) => ({ apiName, value }))
  })
  return json({ formId: given.formid, followUpUrl: '', aliId: id - 5000 })
}

function refusalOf({ forms, munchkinId }: Marketo, given: Record<string, string>): string | undefined {
  const names = (given.checksumFields ?? '').split(',')
  const text = names.map((name) => given[name] ?? '').join('|')
  const checksum = createHash('sha256').update(text).digest('hex')
  if (given.checksum !== checksum || '' in given) return 'checksum invalid'
  if (given.munchkinId !== munchkinId || !forms.get(Number(given.formid))) return 'Form not found'
  return undefined
}

function leadOf({ fields, leads, partitions, tracking }: Marketo, given: Record<string, string>, cookie: string): Lead {
  const known: FieldValues = {}
  for (const [formName, text] of Object.entries(given)) {
    const field = fieldOfForm(fields, formName)
    // An empty value changes nothing.
    const value = field && text !== '' ? typed(field, text) : undefined
    if (field?.updateable && value !== undefined && !refusal(field.name, field.dataType, value)) {
      known[field.name] = value
    }
  }
  const [byEmail] = leads.find('email', known.email ?? '')
  const found = (cookie ? leads.owner(tracking.tokenIn(cookie)) : undefined) ?? byEmail
  if (!found) return leads.create(known, partitions[0])
  leads.update(found, known)
  return found
}

function typed({ dataType }: Field, text: string): string | number | boolean {
  if (dataType === 'boolean') return text === 'true' || text === 'yes'
  return ['integer', 'float', 'currency'].includes(dataType) ? Number(text) : text
}
