import { cookieOf, decoded, isOptedOut } from './cookies'
import { editReports } from './reports'
import { marksOfLinks, withoutMarks } from './visitor'
import type { Visitor } from './visitor'
import { BLOCKED, PATIENCE_MS, warn } from './warn'

const SCRIPT = 'https://munchkin.marketo.net/munchkin.js'

export interface Visit {
  /** The path. Munchkin puts the page's own host before it. */
  url: string
  /** The query, without `?`. */
  params: string
  /** With `#`. */
  hash: string
}

/** What this destination uses of Marketo's script. */
interface MunchkinGlobal {
  init: (munchkinId: string, options: Record<string, unknown>) => void
  munchkinFunction: (name: 'visitWebPage', visit: Pick<Visit, 'url' | 'params'>) => void
  createTrackingCookie?: (force?: boolean) => unknown
}

export type LoadScript = (src: string) => Promise<unknown>

/** Munchkin in the page. Visits wait until it has started. If it cannot load, they are dropped. */
export interface Munchkin {
  visit: (visit: Visit) => void
  /** Drops the waiting visits, because they belong to a visitor who has left. */
  forget: () => void
  /** The visitor's cookie, for a form. Munchkin makes one if there is none. */
  cookie: () => string
  /** Settles when Munchkin has started or cannot load, or after a while. */
  decided: Promise<void>
}

/** Loads Munchkin's script, unless the page has it already, and starts it without reporting a visit. */
export function loadMunchkin(
  munchkinId: string,
  options: Record<string, unknown>,
  visitor: Visitor,
  loadScript: LoadScript
): Munchkin {
  let state: 'loading' | 'loaded' | 'started' | 'missing' = 'loading'
  let waiting: Visit[] = []
  /** Visits that Munchkin has, and may report later. It takes no hash. */
  let leaving: Visit[] = []

  /** Adds the hash to the report of a visit. */
  const addHash = (params: URLSearchParams): void => {
    const isReported = ({ url, params: query }: Visit) =>
      isSame(url, params.get('_mchRu')) && isSame(query, params.get('_mchQp'))
    const visit = leaving.find(isReported)
    if (!visit) return
    leaving = leaving.filter((other) => other !== visit)
    params.set('_mchHa', decoded(visit.hash))
  }

  const giveUp = (why: string): void => {
    state = 'missing'
    waiting = []
    warn(`Page events are not sent: ${SCRIPT} ${why}`)
  }
  /** Munchkin's script loads more scripts when it starts. */
  const start = (): void => {
    const munchkin = munchkinGlobal()
    if (!munchkin) return giveUp('holds no Munchkin.')
    if (isOptedOut()) waiting = []
    else if (state === 'loaded') {
      state = 'started'
      visitor.note(marksOfLinks())
      editReports(munchkinId, (params) => {
        addHash(params)
        return isOfVisitor(params, visitor)
      })
      keepToken(munchkin, visitor)
      visitor.keepWhile((domainLevel) => {
        const given = { ...options, ...(domainLevel && { domainLevel }), apiOnly: true, useBeaconAPI: true }
        attempt(() => munchkin.init(munchkinId, given))
      })
    }
    for (const visit of waiting.splice(0)) {
      leaving.push(visit)
      const { url, params } = visit
      attempt(() => munchkin.munchkinFunction('visitWebPage', { url, params }))
    }
  }

  const loaded = munchkinGlobal() ? Promise.resolve() : loadScript(SCRIPT)
  const settled = loaded.then(
    () => {
      state = 'loaded'
      start()
    },
    () => giveUp(BLOCKED)
  )
  const cookie = (): string => {
    munchkinGlobal()?.createTrackingCookie?.(true)
    const token = visitor.token()
    return token ? cookieOf(munchkinId, token) : ''
  }

  return {
    cookie,
    visit: (visit) => {
      if (state === 'missing') return
      waiting.push(visit)
      if (state !== 'loading') start()
    },
    forget: () => {
      waiting = []
    },
    decided: within(settled, `Page events wait for ${SCRIPT}.`)
  }
}

/** Munchkin may decode what it reports, and writes `&` as `__-__` in visits of its own. */
function isSame(given: string, reported: string | null): boolean {
  return decoded(given) === decoded((reported ?? '').replace(/__-__/g, '&'))
}

/**
 * Makes a report that of the current visitor, if it can be.
 * @returns false if nothing may be reported
 */
function isOfVisitor(params: URLSearchParams, visitor: Visitor): boolean {
  const kept = params.get('_mchTk') ?? ''
  const token = visitor.token() ?? (visitor.hasEnded(kept) ? undefined : kept)
  if (isOptedOut() || !token) return false
  visitor.note([token])
  params.set('_mchTk', token)
  if (visitor.hasEnded(params.get('mkt_tok') ?? '')) params.delete('mkt_tok')
  const names: string[] = []
  params.forEach((_value, name) => names.push(name))
  for (const name of names) params.set(name, withoutMarks(params.get(name) ?? '', visitor.hasEnded))
  return true
}

/** Before each submission, the form script asks Munchkin for the cookie, and would get that of the first visitor. */
function keepToken(munchkin: MunchkinGlobal, visitor: Visitor): void {
  const create = munchkin.createTrackingCookie?.bind(munchkin)
  munchkin.createTrackingCookie = (force) => {
    if (visitor.begin() && !visitor.token()) create?.(force)
  }
}

function munchkinGlobal(): MunchkinGlobal | undefined {
  const { Munchkin: munchkin } = window as Window & { Munchkin?: MunchkinGlobal }
  return typeof munchkin?.init === 'function' ? munchkin : undefined
}

/** Settles with `work`, or after a while. In that case, it says what it is waiting for. */
export function within(work: Promise<void>, why: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      warn(why)
      resolve()
    }, PATIENCE_MS)
    void work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Errors inside Marketo's scripts must not reach the page. */
export function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    warn(`Marketo's script failed: ${String(error)}`)
  }
}
