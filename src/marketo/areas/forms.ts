import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
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
      return { name: name ?? id, label: shown || id, dataType, required, isLeadField: name !== undefined }
    })
}

async function restNamesOfLeadFields(client: MarketoClient): Promise<Map<string, string>> {
  const { result } = await client.send<{ rest?: { name: string }; soap?: { name: string } }>(CALLS.describeLeadNames, {
    method: 'GET'
  })
  const names = new Map<string, string>()
  for (const { rest, soap } of itemsIn(result)) if (rest && soap) names.set(soap.name, rest.name)
  return names
}
