import type { FormValues } from './form-values'

/** What this destination uses of a form of Marketo's. */
export interface MarketoForm {
  getFormElem: () => ArrayLike<HTMLElement>
  addHiddenFields: (values: FormValues) => void
  validate?: () => boolean
  submit: () => void
  onSuccess: (handle: () => boolean) => void
}

/** Marketo's form script, Forms 2.0. */
export interface FormScript {
  loadForm: (base: string, munchkinId: string, formId: number, ready: (form: MarketoForm | null) => void) => void
}

/**
 * Keeps handlers of the page away from a form. Marketo's `whenReady` hands each form to all of them, so they would move the visitor to a
 * thank-you page, or stop a submission that lacks their fields. `loadForm` gives the form to its caller first.
 * @returns the form, still open for us
 */
export function closeToPage(form: MarketoForm): MarketoForm {
  const { getFormElem, addHiddenFields, validate, submit, onSuccess } = form
  const closed = () => form
  const submittable = (isAllowed?: boolean) => isAllowed === undefined || form
  Object.assign(form, {
    ...{ onSuccess: closed, onSubmit: closed, onValidate: closed, submit: closed },
    ...{ submittable, submitable: submittable }
  })
  return {
    getFormElem: getFormElem.bind(form),
    addHiddenFields: addHiddenFields.bind(form),
    validate: validate?.bind(form),
    submit: submit.bind(form),
    onSuccess: onSuccess.bind(form)
  }
}

/** @returns the page's form script, if it has one */
export function formScript(): FormScript | undefined {
  const { MktoForms2: script } = window as Window & { MktoForms2?: FormScript }
  return typeof script?.loadForm === 'function' ? script : undefined
}

/**
 * Loads a copy of the form script that the page does not see, even if the page has one: the script runs only where it finds
 * none, and sends everything through the one frame that it has put into the page's body.
 */
export function loadCopy(source: string): Promise<FormScript | undefined> {
  return new Promise((resolve, reject) => {
    const tag = document.createElement('script')
    const own = Object.getOwnPropertyDescriptor(window, 'MktoForms2')
    let ofPage: unknown = own?.value
    let copy: FormScript | undefined
    const done = (settle: () => void) => () => {
      Object.defineProperty(window, 'MktoForms2', { ...own, value: ofPage })
      settle()
    }
    Object.defineProperty(window, 'MktoForms2', {
      configurable: true,
      get: () => (document.currentScript === tag ? copy : ofPage),
      set: (script: FormScript) => {
        if (document.currentScript === tag) copy = script
        else ofPage = script
      }
    })
    tag.onload = done(() => resolve(copy))
    tag.onerror = done(reject)
    tag.src = source
    document.head.append(tag)
  })
}

/** Watches the frame through which the form script sends, from now on. A page that replaces its body takes it away. */
export function watchFrame(host: string): { isLost: () => boolean } {
  const { body } = document
  const find = () => document.querySelector<HTMLIFrameElement>(`iframe[src*="//${host}/index.php/form/XDFrame"]`)
  let frame: HTMLIFrameElement | null = null
  let sends: Window | null
  return {
    isLost: () => {
      if (!frame) {
        frame = find()
        sends = frame && frame.contentWindow
      }
      // A frame that is put back has another window, which the script does not know.
      return frame ? !frame.isConnected || frame.contentWindow !== sends : document.body !== body
    }
  }
}
