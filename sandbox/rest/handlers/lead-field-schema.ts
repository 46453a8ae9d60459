import { ApiError, reason, type Reason } from '../../state/errors'
import { LENGTHS, type DataType } from '../../state/field-values'
import { customField, isApiType, type Field } from '../../state/fields'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'
import { tokenPage } from '../pages'
import { skipped } from '../skipped'

/** How many fields may be made by API: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads */
const MOST = 100

const MEMBERS = ['displayName', 'name', 'dataType', 'description', 'isHidden', 'isHtmlEncodingInEmail', 'isSensitive']

const shown = ({ name, displayName, dataType, isCustom, isApiCreated }: Field) => ({
  displayName,
  name,
  description: null,
  dataType,
  ...(dataType in LENGTHS && { length: LENGTHS[dataType] }),
  isHidden: false,
  isHtmlEncodingInEmail: true,
  isSensitive: false,
  isCustom,
  isApiCreated
})

/** Get Lead Fields */
export function getLeadFields({ fields, limits }: Marketo, { params }: ReceivedCall) {
  const numbered = [...fields.values()].map((field, i) => ({ id: i + 1, field }))
  const { result, nextPageToken } = tokenPage(numbered, params, limits.recordsPerCall)
  const page = { result: result.map(({ field }) => shown(field)), moreResult: nextPageToken !== undefined }
  return nextPageToken === undefined ? page : { ...page, nextPageToken }
}

/** Get Lead Field by Name */
export function getLeadField({ fields }: Marketo, { pathArgument }: ReceivedCall) {
  const field = fields.get(pathArgument)
  if (!field) throw new ApiError('1006', pathArgument)
  return { result: [shown(field)] }
}

/** Create Lead Fields. Adobe does not document how a refused field is reported. Here, the record is skipped. */
export function createLeadFields({ fields }: Marketo, { input }: ReceivedCall) {
  const result = input.map((record, seq) => {
    const reasons = refusals(fields, record)
    if (reasons.length > 0) return skipped('withName', reasons, record, seq)
    const [name, displayName] = [String(record.name), String(record.displayName)]
    const made = customField({ name, displayName, dataType: record.dataType as DataType })
    fields.set(name, { ...made, isApiCreated: true })
    return { name, status: 'created' }
  })
  return { result }
}

function refusals(fields: ReadonlyMap<string, Field>, record: InputRecord): Reason[] {
  const { name, displayName, dataType } = record
  const missing = ['displayName', 'name', 'dataType'].filter((member) => !record[member])
  if (missing.length > 0) return missing.map((member) => reason('1002', member))
  const unknown = Object.keys(record).filter((member) => !MEMBERS.includes(member))
  if (unknown.length > 0) return unknown.map((member) => reason('1006', member))

  if (typeof name !== 'string' || !/^[a-z]\w*$/i.test(name))
    return [reason('1003', `Invalid field name '${String(name)}'`)]
  if (typeof displayName !== 'string' || !/^[\w -]+$/.test(displayName)) {
    return [reason('1003', 'Invalid displayName')]
  }
  if (!isApiType(dataType)) return [reason('1003', `Invalid dataType '${String(dataType)}'`)]
  const all = [...fields.values()]
  if (all.some((field) => isSame(field.name, name) || isSame(field.displayName, displayName))) return [reason('1017')]
  return all.filter(({ isApiCreated }) => isApiCreated).length < MOST ? [] : [reason('1028')]
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
