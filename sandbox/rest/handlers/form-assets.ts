import type { Form } from '../../state/forms'
import type { Marketo } from '../../state/marketo'
import { urlOf } from '../assets'
import type { ReceivedCall } from '../call'
import { assetPage, found } from '../pages'

const MADE = '2024-01-15T09:30:00Z+0000'

const shown = (marketo: Marketo, { id, name, status }: Form) => ({
  id,
  name,
  description: '',
  createdAt: MADE,
  updatedAt: MADE,
  url: urlOf(marketo, 'FO', id),
  status,
  theme: 'simple',
  language: 'English',
  locale: 'en_US',
  progressiveProfiling: false,
  labelPosition: 'left',
  folder: { type: 'Folder', value: 417, folderName: 'Campaigns' },
  buttonLabel: 'Submit',
  waitingLabel: 'Please Wait'
})

/** Get Forms. `status` is exact. */
export function browseForms(marketo: Marketo, { params }: ReceivedCall) {
  const status = params.get('status')
  const forms = marketo.forms.all().filter((form) => status === null || form.status === status)
  return assetPage(
    forms.map((form) => shown(marketo, form)),
    params,
    marketo.limits.assetsPerPage
  )
}

/** Get Form by Id */
export function formById(marketo: Marketo, { pathArgument }: ReceivedCall) {
  const form = marketo.forms.get(Number(pathArgument))
  return found(form ? [shown(marketo, form)] : [])
}

/** Get Fields for Form: by the names of the form. */
export function formFields({ forms }: Marketo, { pathArgument }: ReceivedCall) {
  const fields = forms.get(Number(pathArgument))?.fields ?? []
  return found(
    fields.map(({ id, label, dataType, required }, rowNumber) => ({
      id,
      ...(dataType !== 'profiling' && { label }),
      dataType,
      rowNumber,
      columnNumber: 0,
      ...(dataType !== 'profiling' && { required, formPrefill: true, visibilityRules: { ruleType: 'alwaysShow' } })
    }))
  )
}
