import { isOptedOut } from './cookies'
import { closeToPage, formScript, loadCopy, watchFrame } from './form-script'
import type { FormScript, MarketoForm } from './form-script'
import type { FormValues } from './form-values'
import { attempt, within } from './munchkin'
import type { LoadScript } from './munchkin'
import { BLOCKED, PATIENCE_MS, warn } from './warn'

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
 * @param cookie gives the visitor's cookie: of several, the script would take any
 */
export function loadForm(
  munchkinId: string,
  formId: number,
  host: string,
  loadScript: LoadScript,
  mayStart: Promise<void>,
  cookie: () => string
): HiddenForm {
  const base = `//${host}`
  const source = `${base}/js/forms2/js/forms2.min.js`
  let form: MarketoForm | undefined
  let frame = watchFrame(host)
  let isLost = false
  let isLoading = false
  let waiting: Submission[] = []
  let current: Submission | undefined
  /** Whether the current submission is that of a visitor who has left. */
  let isOver = false
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
    const settled = isOver ? undefined : current?.settled
    current = undefined
    settled?.(isDone)
    submitNext()
  }

  /** Marketo calls no handler for a submission that it refuses. */
  const stopWaiting = (): void => {
    if (frame.isLost()) return loadAgain()
    warn(`Marketo has not confirmed a submission of form ${formId}.`)
    settle(false)
  }

  const submitNext = (): void => {
    const hasLostFrame = frame.isLost()
    if (!form || (!current && waiting.length === 0)) return
    if (hasLostFrame) return loadAgain()
    if (current) return
    if (isOptedOut()) dropWaiting()
    current = waiting.shift()
    if (!current) return
    isOver = false
    timer = setTimeout(stopWaiting, PATIENCE_MS)
    const { values } = current
    const marketoForm = form
    attempt(() => {
      empty(marketoForm)
      // The script would add the mark of the link that opened the page, perhaps for another person. The event says who it is.
      marketoForm.addHiddenFields({ ...values, _mkt_trk: cookie(), mkt_tok: '' })
      if (marketoForm.validate?.() === false) {
        warn(
          `Identify events are not sent: form ${formId} has required fields. Set "Marketo Form ID" to an empty form.`
        )
        settle(false)
      } else marketoForm.submit()
    })
  }

  const askForForm = (script: FormScript | undefined): Promise<MarketoForm | null> | undefined => {
    if (isOptedOut()) {
      dropWaiting()
      isLoading = false
      return undefined
    }
    if (!script) return giveUp(`${host} has no Marketo forms (setting "Marketo Form URL").`)
    // We would fill in the form that the visitor sees.
    if (document.getElementById(`mktoForm_${formId}`)) {
      return giveUp(`form ${formId} is already on this page. Set "Marketo Form ID" to an empty form.`)
    }
    return new Promise((resolve) =>
      attempt(() => script.loadForm(base, munchkinId, formId, (given) => resolve(given && closeToPage(given))))
    )
  }

  const takeForm = async (given: MarketoForm | null | undefined): Promise<void> => {
    if (given === null) return giveUp(`Marketo has no form ${formId} (setting "Marketo Form ID").`)
    if (!given) return
    // Only once, because handlers pile up. Returns false, because the page would reload otherwise.
    given.onSuccess(() => {
      if (form === given) settle(true)
      return false
    })
    await mayStart
    form = given
    isLoading = false
    submitNext()
  }

  const load = (script: Promise<FormScript | undefined>): void => {
    isLoading = true
    frame = watchFrame(host)
    const blocked = () => giveUp(`${source} does not exist (setting "Marketo Form URL"), or ${BLOCKED}`)
    void within(
      script.then(askForForm, blocked).then(takeForm),
      `Identify events wait for form ${formId} from ${host}.`
    )
  }

  /** Without its frame, the form can never send again. The same script makes no second frame. */
  const loadAgain = (): void => {
    clearTimeout(timer)
    if (current && !isOver) waiting.unshift(current)
    current = undefined
    form = undefined
    load(loadCopy(source))
  }

  const loadFirst = () => load(formScript() ? Promise.resolve(formScript()) : loadScript(source).then(formScript))

  loadFirst()
  return {
    submit: (submission) => {
      if (isLost) return submission.settled(false)
      waiting.push(submission)
      if (form || isLoading) submitNext()
      // The visitor had opted out while the script was loading.
      else loadFirst()
    },
    forget: () => {
      waiting = []
      isOver = true
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
