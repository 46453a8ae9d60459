const TRACKING = '_mkto_trk'
const PROBE = '_mkto_probe'
const OPT_OUT = 'mkto_opt_out'
/** Munchkin's own lifetime: two years. */
const LIFE_SECONDS = 730 * 24 * 60 * 60

/** Whether the visitor has opted out of Munchkin, perhaps with the link to this very page. */
export function isOptedOut(): boolean {
  return valuesOf(OPT_OUT).length > 0 || optOutInLink() === 'true'
}

/**
 * Munchkin stores what a link with `marketo_opt_out` says, but is not even loaded for visitors who have opted out. So this does it.
 * @param domain gives where the cookie is kept: see {@link cookieDomain}
 */
export function followOptOutLink(domain: () => string): void {
  const choice = optOutInLink()
  if (choice === 'true') setCookie(OPT_OUT, 'id:true', { domain: domain(), path: '/' })
  if (choice === 'false') for (const place of places()) setCookie(OPT_OUT, '', place, 0)
}

function optOutInLink(): string | undefined {
  return /[?&]marketo_opt_out=(true|false)/.exec(window.location.search)?.[1]
}

/** @returns the tokens of this instance, from each Munchkin cookie that the page can see, in the browser's order */
export function tokensInCookies(munchkinId: string): string[] {
  return valuesOf(TRACKING).flatMap((value) => tokenIn(value, munchkinId) ?? [])
}

/** A Munchkin cookie's value. */
export const cookieOf = (munchkinId: string, token: string): string => `id:${munchkinId}&token:${token}`

/** Deletes this instance's cookies, for each domain and path at which the page can see one. Those of other instances stay. */
export function dropTokens(munchkinId: string): void {
  for (const place of places()) {
    if (tokensInCookies(munchkinId).length === 0) return
    const before = valuesOf(TRACKING)
    setCookie(TRACKING, '', place, 0)
    const after = valuesOf(TRACKING)
    const gone = before.find((value) => !after.includes(value))
    if (gone && !tokenIn(gone, munchkinId)) setCookie(TRACKING, gone, place)
  }
}

/** @param domain as {@link cookieDomain} says */
export function setToken(munchkinId: string, token: string, domain: string): void {
  setCookie(TRACKING, cookieOf(munchkinId, token), { domain, path: '/' })
}

/**
 * Where Munchkin can keep its cookie. Browsers refuse cookies for domains of the Public Suffix List, such as `vercel.app`, and for
 * `co.uk`. Then a longer domain is tried.
 * @param level how many parts of the host name; by default as many as Munchkin takes: three if it ends in two letters, else two
 * @returns empty if the browser accepts cookies only for the host itself, or none at all
 */
export function cookieDomain(level: number | undefined): string {
  const domains = domainsOfHost()
  const byDefault = /\.[a-z]{2}$/i.test(window.location.hostname) ? 3 : 2
  const wanted = Math.min(level ?? byDefault, domains.length) - 1
  return domains.slice(wanted).find(acceptsCookies) ?? ''
}

function acceptsCookies(domain: string): boolean {
  const place = { domain, path: '/' }
  setCookie(PROBE, '1', place)
  const isThere = valuesOf(PROBE).length > 0
  setCookie(PROBE, '', place, 0)
  return isThere
}

interface Place {
  /** Empty for the host itself. */
  domain: string
  path: string
}

function setCookie(name: string, value: string, { domain, path }: Place, seconds = LIFE_SECONDS): void {
  try {
    document.cookie = `${name}=${value}; path=${path}; max-age=${seconds}${domain && `; domain=${domain}`}`
  } catch {
    // As below.
  }
}

/** All places that a cookie of this page can have. */
function places(): Place[] {
  const parts = window.location.pathname.split('/')
  const paths = parts.flatMap((_, i) => {
    const path = parts.slice(0, i + 1).join('/')
    return [`${path}/`, ...(path ? [path] : [])]
  })
  return ['', ...domainsOfHost()].flatMap((domain) => paths.map((path) => ({ domain, path })))
}

/** From the last part to the whole name. */
function domainsOfHost(): string[] {
  const parts = window.location.hostname.split('.')
  return parts.map((_, i) => parts.slice(-i - 1).join('.'))
}

function tokenIn(value: string, munchkinId: string): string | undefined {
  const [, id = munchkinId, token] = /^(?:id:([^&]*)&)?token:([\w.-]+)/.exec(decoded(value)) ?? []
  return id.toUpperCase() === munchkinId ? token : undefined
}

/** A browser may hold several cookies of one name, for different domains and paths. */
function valuesOf(name: string): string[] {
  try {
    return document.cookie.split('; ').flatMap((cookie) => {
      const [found, ...value] = cookie.split('=')
      return found === name ? [value.join('=')] : []
    })
  } catch {
    // The page may not have cookies.
    return []
  }
}

/** @returns the text without URL encoding, if it has one that is valid */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
