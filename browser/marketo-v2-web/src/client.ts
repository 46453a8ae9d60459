import type { Analytics } from '@segment/analytics-next'
import { cookieOf, isOptedOut } from './cookies'
import type { FormValues } from './form-values'
import type { Settings } from './generated-types'
import { loadForm } from './hidden-form'
import type { HiddenForm } from './hidden-form'
import { identifierOf } from './identifier'
import { hashOf, recall, remember } from './memory'
import { attempt, loadMunchkin } from './munchkin'
import type { LoadScript, Munchkin, Visit } from './munchkin'
import { parseMunchkinId } from './shared/munchkin-id'
import { visitorOf } from './visitor'
import { warn } from './warn'

/** The person that an event is about. */
interface Person {
  userId?: string
  anonymousId?: string
}

/** Marketo in the page, on behalf of one visitor after another. It never waits and never throws. */
export interface MarketoInPage {
  visit: (person: Person, visit: Visit) => void
  submit: (person: Person, values: FormValues) => void
}

export function marketoInPage(settings: Settings, analytics: Analytics, loadScript: LoadScript): MarketoInPage {
  const munchkinId = parseMunchkinId(settings.munchkinId)
  if (!munchkinId) {
    warn('Nothing is sent: set "Munchkin Account ID" to an ID like 123-ABC-456.')
    return { visit: () => undefined, submit: () => undefined }
  }
  const { domainLevel, anonymizeIp, trackAnonymousActivity, formId } = settings
  const formHost = hostOf(settings.formUrl)
  const visitor = visitorOf(munchkinId, domainLevel ? Number(domainLevel) : undefined)
  let munchkin: Munchkin | undefined
  let form: HiddenForm | undefined
  /** A hash of the last submission that Marketo has not confirmed yet. */
  let pending: string | undefined

  const start = (): Munchkin => {
    if (munchkin) return munchkin
    munchkin = loadMunchkin(munchkinId, anonymizeIp ? { anonymizeIP: true } : {}, visitor, loadScript)
    const { decided, cookie } = munchkin
    if (formHost && Number(formId) > 0) {
      form = loadForm(munchkinId, Number(formId), formHost, loadScript, decided, cookie)
    }
    return munchkin
  }

  /** Loads nothing, and gives undefined, if nothing may be sent for the current visitor. */
  const startIfAllowed = (): Munchkin | undefined => {
    if (isOptedOut()) return undefined
    if (visitor.begin()) return start()
    warn('Nothing is sent for the new visitor, because the browser keeps the cookie _mkto_trk of the last one.')
    return undefined
  }

  /** Another person, or nobody, uses the page now. Later events must not include data of the last person. */
  const startAnew = (): void => {
    visitor.end()
    munchkin?.forget()
    form?.forget()
    pending = undefined
    // The next click may come before the next event.
    if (munchkin && trackAnonymousActivity && !isOptedOut()) visitor.begin()
  }

  /** Makes sure that later events belong to this person. If undefined, nothing may be sent. */
  const follow = ({ userId }: Person): Munchkin | undefined => {
    if (!trackAnonymousActivity && !userId) return undefined
    const { user } = recall()
    if (userId && userId !== user) {
      if (user) startAnew()
      remember({ user: userId })
    }
    return startIfAllowed()
  }

  tellCookie(() => {
    const token = visitor.token()
    return token && cookieOf(munchkinId, token)
  })
  visitor.optOutOrIn()
  analytics.on('reset', () => attempt(startAnew))
  if (trackAnonymousActivity || identifierOf(analytics.user().id())) startIfAllowed()
  return {
    visit: (person, visit) => follow(person)?.visit(visit),
    submit: (person, values) => {
      if (!follow(person)) return
      if (!form) return warn('Identify events are not sent: set "Marketo Form ID" and "Marketo Form URL".')
      const hash = hashOf(JSON.stringify([person, values]))
      if (hash === (pending ?? recall().submitted)) return
      pending = hash
      // Until Marketo confirms, it is unknown which values the lead has.
      remember({ submitted: undefined })
      form.submit({
        values,
        settled: (isDone) => {
          if (pending !== hash) return
          pending = undefined
          if (isDone) remember({ submitted: hash })
        }
      })
    }
  }
}

/** The plugin that puts the cookie on events has no Munchkin Account ID, and cannot know which of several cookies is right. */
function tellCookie(cookie: () => string | undefined): void {
  Object.assign(window, { marketoV2Cookie: cookie })
}

/** `//host`, `https://host` and `host` are the same. */
function hostOf(url: string | undefined): string | undefined {
  return /^(?:https?:)?(?:\/\/)?([\w.-]+(?::\d+)?)(?:\/|$)/i.exec((url ?? '').trim())?.[1]
}
