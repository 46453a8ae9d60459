import type { FormSubmission } from './shapes'

interface FormField {
  /** The name in the form, which is not always the REST API name: Describe Lead has both. */
  id: string
  label: string
  dataType: 'text' | 'email' | 'phone' | 'picklist' | 'checkbox' | 'profiling'
  required: boolean
}

export interface Form {
  id: number
  name: string
  status: 'approved' | 'draft' | 'approved with draft'
  fields: FormField[]
  /** The program that contains it. */
  programId?: number
}

const field = (id: string, label: string, dataType: FormField['dataType'] = 'text', required = false): FormField => ({
  id,
  label,
  dataType,
  required
})

const EMAIL = field('Email', 'Email Address:', 'email', true)

export const STARTING_FORMS: readonly Form[] = [
  { id: 1, name: 'Background Form', status: 'approved', fields: [field('Email', 'Email Address:', 'email')] },
  {
    id: 2,
    name: 'Contact Us',
    status: 'approved',
    fields: [
      field('Email', 'Email Address:', 'email'),
      field('FirstName', 'First Name:'),
      field('LastName', 'Last Name:'),
      field('Company', 'Company:', 'text', true)
    ]
  },
  {
    id: 3,
    name: 'Webinar Registration',
    status: 'approved',
    programId: 2001,
    fields: [
      EMAIL,
      field('FirstName', 'First Name:'),
      field('Phone', 'Phone:', 'phone'),
      field('Work_Email__c', 'Work Email:', 'email'),
      field('MarketoSocialGender', 'Gender:', 'picklist'),
      field('newsletter', 'Newsletter:', 'checkbox'),
      field('registrationCode', 'Registration Code:'),
      field('Profiling', '', 'profiling')
    ]
  },
  { id: 4, name: 'Form in the Making', status: 'draft', fields: [EMAIL] }
]

/** The forms of an instance, and what was submitted by API or in a page. */
export class Forms {
  private readonly forms: Form[]
  private readonly submissions: FormSubmission[] = []

  constructor(forms: readonly Form[], private readonly now: () => number) {
    this.forms = structuredClone([...forms])
  }

  all(): Form[] {
    return [...this.forms]
  }

  /** Takes a form as another Marketo has it. */
  adopt(form: Form): void {
    this.forms.push(form)
  }

  get(id: unknown): Form | undefined {
    return this.forms.find((form) => form.id === id)
  }

  create(name: string): Form {
    const form: Form = { id: 1 + this.forms.length, name, status: 'approved', fields: [EMAIL] }
    this.forms.push(form)
    return form
  }

  submit(submission: Omit<FormSubmission, 'submittedAt'>): void {
    this.submissions.push({ ...submission, submittedAt: new Date(this.now()).toISOString() })
  }

  move(from: number, to: number): void {
    for (const submission of this.submissions) if (submission.leadId === from) submission.leadId = to
  }

  state(): FormSubmission[] {
    return this.submissions.map((submission) => structuredClone(submission))
  }
}
