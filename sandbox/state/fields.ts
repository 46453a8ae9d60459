import type { DataType } from './field-values'

export interface Field {
  name: string
  /** The name in forms and in the former SOAP API. */
  soapName: string
  displayName: string
  dataType: DataType
  /** The longest text, if it is not the usual one for the type. */
  length?: number
  /** False if Marketo keeps it itself and refuses it in Sync Leads. */
  updateable: boolean
  /** True if Get Leads by Filter Type accepts it as filterType. */
  searchable: boolean
  isCustom: boolean
  isApiCreated: boolean
}

type Row = [name: string, displayName: string, dataType: DataType, soapName?: string]

const SYSTEM: Row[] = [
  ['id', 'Id', 'integer'],
  ['cookies', 'Cookies', 'text'],
  ['createdAt', 'Created At', 'datetime'],
  ['updatedAt', 'Updated At', 'datetime'],
  ['leadPartitionId', 'Lead Partition Id', 'integer'],
  ['mktoName', 'Full Name', 'string']
]

/** Written only by the synchronization with Salesforce. */
const CRM: Row[] = [
  ['sfdcId', 'SFDC Id', 'string'],
  ['sfdcLeadId', 'SFDC Lead Id', 'string'],
  ['sfdcContactId', 'SFDC Contact Id', 'string']
]

export const CRM_FIELDS: readonly string[] = CRM.map(([name]) => name)

const STANDARD: Row[] = [
  ['email', 'Email Address', 'email'],
  ['firstName', 'First Name', 'string'],
  ['middleName', 'Middle Name', 'string'],
  ['lastName', 'Last Name', 'string'],
  ['company', 'Company Name', 'string'],
  ['title', 'Job Title', 'string'],
  ['phone', 'Phone Number', 'phone'],
  ['mobilePhone', 'Mobile Phone Number', 'phone'],
  ['dateOfBirth', 'Date of Birth', 'date', 'DateofBirth'],
  ['gender', 'Marketo Social Gender', 'string', 'MarketoSocialGender'],
  ['address', 'Address', 'text'],
  ['city', 'City', 'string'],
  ['state', 'State', 'string'],
  ['country', 'Country', 'string'],
  ['postalCode', 'Postal Code', 'string'],
  ['website', 'Website', 'string'],
  ['leadSource', 'Lead Source', 'string'],
  ['unsubscribed', 'Unsubscribed', 'boolean'],
  ['doNotCall', 'Do Not Call', 'boolean'],
  ['marketingSuspended', 'Marketing Suspended', 'boolean'],
  ['emailInvalid', 'Email Invalid', 'boolean'],
  ['blackListed', 'Black Listed', 'boolean']
]

const CUSTOM: Row[] = [
  ['userId', 'User ID', 'string'],
  ['anonymousId', 'Anonymous ID', 'string'],
  ['plan', 'Plan', 'string'],
  ['workEmail', 'Work Email', 'email', 'Work_Email__c'],
  ['leadScoreExt', 'Lead Score (external)', 'integer'],
  ['mrr', 'Monthly Recurring Revenue', 'float'],
  ['newsletter', 'Newsletter', 'boolean'],
  ['contractStart', 'Contract Start', 'date'],
  ['trialEndsAt', 'Trial Ends At', 'datetime'],
  ['notes', 'Notes', 'text']
]

/** Marketo searches by a few standard fields, and by custom fields of these types. */
const SEARCHABLE = new Set(['id', 'cookies', 'email'])
const SEARCHABLE_TYPES = new Set<DataType>(['string', 'email', 'integer'])

const API_TYPES: readonly DataType[] = [
  ...(['boolean', 'currency', 'date', 'datetime', 'email', 'float', 'integer'] as const),
  ...(['percent', 'phone', 'score', 'string', 'url'] as const)
]

/** Whether Create Lead Fields creates fields of this type. */
export const isApiType = (value: unknown): value is DataType => API_TYPES.some((type) => type === value)

const toFields = (rows: Row[], updateable: boolean, searchable: (row: Row) => boolean): Field[] =>
  rows.map((row) => ({
    name: row[0],
    soapName: row[3] ?? soapNameOf(row[0]),
    displayName: row[1],
    dataType: row[2],
    updateable,
    searchable: searchable(row),
    isCustom: false,
    isApiCreated: false
  }))

/** The form name of most fields: `FirstName`. */
const soapNameOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** Custom fields have one name, unless they were given two. */
export function customField({
  name,
  displayName,
  dataType,
  soapName = name
}: Pick<Field, 'name' | 'displayName' | 'dataType'> & { soapName?: string }): Field {
  const searchable = SEARCHABLE_TYPES.has(dataType)
  return { name, soapName, displayName, dataType, updateable: true, searchable, isCustom: true, isApiCreated: false }
}

/** The field with this name in forms. Upper and lower case do not matter there. */
export function fieldOfForm(fields: ReadonlyMap<string, Field>, formName: string): Field | undefined {
  const isSo = (name: string) => name.toLowerCase() === formName.toLowerCase()
  const all = [...fields.values()]
  return all.find(({ soapName }) => isSo(soapName)) ?? all.find(({ name }) => isSo(name))
}

export const LEAD_FIELDS: readonly Field[] = [
  ...toFields(SYSTEM, false, ([name]) => SEARCHABLE.has(name)),
  ...toFields(CRM, false, () => false),
  ...toFields(STANDARD, true, ([name]) => SEARCHABLE.has(name)),
  ...CUSTOM.map(([name, displayName, dataType, soapName]) => customField({ name, displayName, dataType, soapName }))
]
