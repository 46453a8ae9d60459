import type { DynamicFieldItem } from '@segment/actions-core'
import { approvedForms, fieldsOfForm } from '../marketo/areas/forms'
import { refusal } from '../marketo/transport/outcome'
import { choiceById, keptChoices, pagedChoices } from '../segment/choices'
import type { Payload } from './generated-types'
import { isEmailField } from './submission'

/** The approved forms. */
export const formChoices = pagedChoices(async (client, _payload, page) => {
  const { items, nextPage } = await approvedForms(client, page)
  return { items: items.map((form) => choiceById(form, form.folder?.folderName)), nextPage }
})

/** The fields of the chosen form, by REST API name, without the email, which has its own field. */
export const formFieldChoices = keptChoices<Payload>(
  'formFields',
  (payload) => payload?.formId,
  async (client, payload): Promise<DynamicFieldItem[]> => {
    const id = Number(payload?.formId)
    if (!id) throw refusal('Choose a Form ID first: the fields of the form are offered here.')
    const formFields = await fieldsOfForm(client, id)
    return formFields
      .filter(({ name }) => !isEmailField(name))
      .map(({ name, label, dataType, required, isLeadField }) => ({
        label,
        value: name,
        description: [
          `${name} (${dataType})`,
          ...(required ? ['required'] : []),
          ...(isLeadField ? [] : ['a field of program members: compare the name with its API name'])
        ].join(', ')
      }))
  }
)
