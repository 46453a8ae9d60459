import { textOf } from '../../migration/directive'
import { fieldsOfForm } from '../../src/marketo/areas/forms'
import { formOfId } from '../asking'
import { found } from '../finding'
import type { Found } from '../finding'
import { entriesIn, idIn, mappedTo } from '../mappings'
import { programIn, programMissing } from './assets'
import type { Check } from './check'

export const checkSubmitForm: Check = async (client, { fields: mapped }) => {
  const given = mapped.formId
  const findings: Found[] = []
  const program = mappedTo(mapped.programId)
  if (program !== undefined && program !== 'from the event' && !(await programIn(client, mapped.programId))) {
    findings.push(programMissing(mapped.programId))
  }
  if (mappedTo(given) === 'from the event') return [...findings, found('from-event', 'Form ID comes from the event.')]
  if (mappedTo(given) === undefined) return [...findings, found('required-field-unmapped', 'Form ID is not mapped.')]
  const id = idIn(given)
  const form = id === undefined ? undefined : await formOfId(client, id)
  if (!form) return [...findings, found('form-missing', `Marketo has no form with the ID ${textOf(given)}.`)]
  if (!String(form.status).startsWith('approved')) {
    return [...findings, found('form-draft', `The form "${form.name}" is only a draft.`)]
  }
  const entries = entriesIn(mapped.formFields)
  if (entries === undefined) return [...findings, found('from-event', 'Form Fields come from the event as a whole.')]
  const fields = await fieldsOfForm(client, form.id)
  const isThere = (name: string) => fields.some((field) => [field.name, field.formName].includes(name))
  const isMapped = (names: string[]) => entries.some(([name]) => names.includes(name))
  return [
    ...findings,
    ...entries
      .filter(([name]) => !isThere(name))
      .map(([name]) =>
        found('form-field-missing', `Form Fields > ${name}: the form "${form.name}" has no field "${name}".`)
      ),
    ...fields
      .filter(({ name, formName, required }) => required && name !== 'email' && !isMapped([name, formName]))
      .map(({ name }) => found('form-field-required', `The form "${form.name}" demands a value for "${name}".`))
  ]
}
