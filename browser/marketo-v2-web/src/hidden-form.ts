import { isOptedOut } from './cookies'
import type { FormValues } from './form-values'
import { attempt, within } from './munchkin'
import type { LoadScript } from './munchkin'
import { BLOCKED, PATIENCE_MS, warn } from './warn'

/** What this destination uses of Marketo's form script. */
interface MarketoForm {
  getFormElem: () => ArrayLike<HTMLElement>
  addHiddenFields: (values: FormValues) => void
  validate?: () => boolean
  submit: () => void
  onSuccess: (handle: () => boolean) => void
}
interface FormScript {
  loadForm: (base: string, munchkinId: string, formId: number, ready: (form: MarketoForm | null) => void) => void
}

interface Submission {
  values: FormValues
  /** Called when Marketo has accepted it, or when that stays unknown. */
  settled: (isDone: boolean) => void
}

/** The hidden form: one submission at a time, each with its own values only. */
export interface HiddenForm {
  submit: (submission: Submission) => void
  /** Drops everything that is waiting, because it belongs to a visitor who has left. Earlier submissions stay. */
  forget: () => void
}

/**
 * Loads the form script, unless the page has it already, and the form.
 * @param host of the form script, without a scheme
 * @param mayStart settles when the visitor has a cookie; without it, a submission would belong to no visitor
 */
export function loadForm(
  munchkinId: string,
  formId: number,
  host: string,
  loadScript: LoadScript,
  mayStart: Promise<void>
): HiddenForm {
  const base = `//${host}`
  let form: MarketoForm | undefined
  let isLost = false
  let waiting: Submission[] = []
  let current: Submission | undefined
  let timer: ReturnType<typeof setTimeout>

  const dropWaiting = (): void => waiting.splice(0).forEach(({ settled }) => settled(false))

  const giveUp = (why: string): undefined => {
    isLost = true
    dropWaiting()
    warn(`Identify events are not sent: ${why}`)
    return undefined
  }

  const settle = (isDone: boolean): void => {
    clearTimeout(timer)
    const settled = current?.settled
    current = undefined
    settled?.(isDone)
    submitNext()
  }

  const submitNext = (): void => {
    if (!form || current) return
    if (isOptedOut()) dropWaiting()
    current = waiting.shift()
    if (!current) return
    // Marketo calls no handler for a submission that it refuses.
    timer = setTimeout(() => {
      warn(`Marketo has not confirmed a submission of form ${formId}.`)
      settle(false)
    }, PATIENCE_MS)
    const { values } = current
    const marketoForm = form
    attempt(() => {
      empty(marketoForm)
      // The script would add the mark of the link that opened the page, perhaps for another person. The event says who it is.
      marketoForm.addHiddenFields({ ...values, mkt_tok: '' })
      if (marketoForm.validate?.() === false) {
        warn(
          `Identify events are not sent: form ${formId} has required fields. Set "Marketo Form ID" to an empty form.`
        )
        settle(false)
      } else marketoForm.submit()
    })
  }

  const askForForm = (): Promise<MarketoForm | null> | undefined => {
    const script = formScript()
    if (!script) return giveUp(`${host} has no Marketo forms (setting "Marketo Form URL").`)
    // We would fill in the form that the visitor sees.
    if (document.getElementById(`mktoForm_${formId}`)) {
      return giveUp(`form ${formId} is already on this page. Set "Marketo Form ID" to an empty form.`)
    }
    return new Promise((resolve) => attempt(() => script.loadForm(base, munchkinId, formId, resolve)))
  }

  const takeForm = async (given: MarketoForm | null | undefined): Promise<void> => {
    if (given === null) return giveUp(`Marketo has no form ${formId} (setting "Marketo Form ID").`)
    if (!given) return
    // Only once, because handlers pile up. Returns false, because the page would reload otherwise.
    given.onSuccess(() => {
      settle(true)
      return false
    })
    await mayStart
    form = given
    submitNext()
  }

  const source = `${base}/js/forms2/js/forms2.min.js`
  const loaded = formScript() ? Promise.resolve() : loadScript(source)
  const blocked = () => giveUp(`${source} does not exist (setting "Marketo Form URL"), or ${BLOCKED}`)
  void within(loaded.then(askForForm, blocked).then(takeForm), `Identify events wait for form ${formId} from ${host}.`)

  return {
    submit: (submission) => {
      if (isLost) return submission.settled(false)
      waiting.push(submission)
      submitNext()
    },
    forget: () => {
      waiting = []
      if (current) current.settled = () => undefined
    }
  }
}

/** Removes hidden fields, which would otherwise stay in the form and go into the next person's submission. */
function empty(form: MarketoForm): void {
  const inputs = form.getFormElem()[0].querySelectorAll<HTMLInputElement>('input[type=hidden]')
  inputs.forEach((input) => {
    if (input.name !== 'formid' && input.name !== 'munchkinId') input.remove()
  })
}

function formScript(): FormScript | undefined {
  const { MktoForms2 } = window as Window & { MktoForms2?: FormScript }
  return typeof MktoForms2?.loadForm === 'function' ? MktoForms2 : undefined
}
