import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { Memory } from '../transport/memory'
import { pageByOffset } from '../calls/pages'
import type { Page } from '../calls/pages'

export interface Form {
  id: number
  name: string
  status?: string
  folder?: { folderName?: string }
}

/** A field of a form, by the name that Submit Form takes. */
export interface FormField {
  name: string
  label: string
  dataType: string
  /** Its name in the form itself. */
  formName: string
  /** Whether the form demands a value. */
  required: boolean
  /** Otherwise it is most likely a field of program members. */
  isLeadField: boolean
}

/** Other parts of a form, which take no value. */
const NO_FIELDS: ReadonlySet<string> = new Set(['profiling', 'htmltext', 'fieldset'])

/**
 * @returns a page of the forms that can be submitted: drafts cannot. Marketo's own filter leaves out
 * approved forms with unapproved edits ("approved with draft").
 */
export async function approvedForms(client: MarketoClient, page: string | undefined): Promise<Page<Form>> {
  const { items, nextPage } = await pageByOffset<Form>(client, CALLS.forms, {}, page)
  return { items: items.filter(({ status }) => String(status).startsWith('approved')), nextPage }
}

/**
 * The form lists its fields by the names that forms in web pages use, which are SOAP API names. Submit Form needs REST API names.
 * The first version of Describe Lead has both.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads, "Submit Form"
 */
export async function fieldsOfForm(client: MarketoClient, formId: number): Promise<FormField[]> {
  const path = pathOf(CALLS.formFields, formId)
  const { result } = await client.send<{ id: string; label?: string; dataType?: string; required?: boolean }>(
    CALLS.formFields,
    { method: 'GET' },
    path
  )
  const restNames = await restNamesOfLeadFields(client)
  return itemsIn(result)
    .filter(({ dataType }) => !NO_FIELDS.has(String(dataType).toLowerCase()))
    .map(({ id, label, dataType = 'text', required = false }) => {
      const name = restNames.get(id)
      // Labels end with a colon: "First Name:".
      const shown = String(label ?? '')
        .replace(/:\s*$/, '')
        .trim()
      return { name: name ?? id, formName: id, label: shown || id, dataType, required, isLeadField: name !== undefined }
    })
}

async function restNamesOfLeadFields(client: MarketoClient): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const { rest, soap } of await leadFieldNames(client)) if (rest && soap) names.set(soap.name, rest.name)
  return names
}

interface LeadFieldNames {
  rest?: { name: string }
  soap?: { name: string }
}

async function leadFieldNames(client: MarketoClient): Promise<LeadFieldNames[]> {
  const { result } = await client.send<LeadFieldNames>(CALLS.describeLeadNames, { method: 'GET' })
  return itemsIn(result)
}

/** REST API names of lead fields, by both names in lower case. */
type RestNames = ReadonlyMap<string, string>

const spellings = new Memory<RestNames>()

/** What {@link restNamesBySpelling} has found within the last hour. */
export const knownRestNames = (client: MarketoClient): RestNames | undefined => spellings.known(client, 'forms')

/** @returns the REST API names of lead fields, by either name in lower case; looked up once an hour. @throws MarketoError */
export function restNamesBySpelling(client: MarketoClient): Promise<RestNames> {
  return spellings.get(client, 'forms', async () => {
    const fields = await leadFieldNames(client)
    const entriesOf = (spelling: 'soap' | 'rest') =>
      fields.flatMap(({ rest, soap }): [string, string][] => {
        const name = { rest, soap }[spelling]?.name
        return rest && name ? [[name.toLowerCase(), rest.name]] : []
      })
    // A REST API name goes before another field's name in forms.
    return new Map([...entriesOf('soap'), ...entriesOf('rest')])
  })
}
