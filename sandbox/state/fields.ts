import type { DataType } from './field-values'

export interface Field {
  name: string
  displayName: string
  dataType: DataType
  /** False: kept by Marketo itself, refused in Sync Leads. */
  updateable: boolean
  /** True: may be the filterType of Get Leads by Filter Type. */
  searchable: boolean
}

type Row = [name: string, displayName: string, dataType: DataType]

const SYSTEM: Row[] = [
  ['id', 'Id', 'integer'],
  ['cookies', 'Cookies', 'text'],
  ['createdAt', 'Created At', 'datetime'],
  ['updatedAt', 'Updated At', 'datetime'],
  ['mktoName', 'Full Name', 'string']
]

const STANDARD: Row[] = [
  ['email', 'Email Address', 'email'],
  ['firstName', 'First Name', 'string'],
  ['middleName', 'Middle Name', 'string'],
  ['lastName', 'Last Name', 'string'],
  ['company', 'Company Name', 'string'],
  ['title', 'Job Title', 'string'],
  ['phone', 'Phone Number', 'phone'],
  ['mobilePhone', 'Mobile Phone Number', 'phone'],
  ['dateOfBirth', 'Date of Birth', 'date'],
  ['gender', 'Marketo Social Gender', 'string'],
  ['address', 'Address', 'text'],
  ['city', 'City', 'string'],
  ['state', 'State', 'string'],
  ['country', 'Country', 'string'],
  ['postalCode', 'Postal Code', 'string'],
  ['website', 'Website', 'string'],
  ['leadSource', 'Lead Source', 'string'],
  ['unsubscribed', 'Unsubscribed', 'boolean']
]

const CUSTOM: Row[] = [
  ['userId', 'User ID', 'string'],
  ['anonymousId', 'Anonymous ID', 'string'],
  ['plan', 'Plan', 'string'],
  ['workEmail', 'Work Email', 'email'],
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

const toFields = (rows: Row[], updateable: boolean, searchable: (row: Row) => boolean): Field[] =>
  rows.map((row) => ({
    name: row[0],
    displayName: row[1],
    dataType: row[2],
    updateable,
    searchable: searchable(row)
  }))

export const LEAD_FIELDS: readonly Field[] = [
  ...toFields(SYSTEM, false, ([name]) => SEARCHABLE.has(name)),
  ...toFields(STANDARD, true, ([name]) => SEARCHABLE.has(name)),
  ...toFields(CUSTOM, true, ([, , dataType]) => SEARCHABLE_TYPES.has(dataType))
]
