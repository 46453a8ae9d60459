const TRACKING = '_mkto_trk'
const OPT_OUT = 'mkto_opt_out'
/** Munchkin's own lifetime: two years. */
const LIFE_SECONDS = 730 * 24 * 60 * 60

/** Whether the visitor has opted out of Munchkin, perhaps with the link to this very page. */
export function isOptedOut(): boolean {
  return valuesOf(OPT_OUT).length > 0 || /[?&]marketo_opt_out=true/.test(window.location.search)
}

/** @returns the visitor's tokens for this instance, from each Munchkin cookie that the page can see, in the browser's order */
export function tokensInCookies(munchkinId: string): string[] {
  return valuesOf(TRACKING).flatMap((value) => {
    const [, id = munchkinId, token] = /^(?:id:([^&]*)&)?token:([\w.-]+)/.exec(decoded(value)) ?? []
    return token && id.toUpperCase() === munchkinId ? [token] : []
  })
}

export const cookieOf = (munchkinId: string, token: string): string => `id:${munchkinId}&token:${token}`

/** The cookie may have been set for any part of the domain, so this deletes it for all of them. */
export function dropTrackingCookie(): void {
  for (const domain of ['', ...domainsFrom(1)]) document.cookie = `${TRACKING}=; path=/; max-age=0${domain}`
}

/**
 * Sets a Munchkin cookie with a new token, for as wide a domain as the browser allows.
 * @param level how many parts of the domain name the cookie gets
 */
export function setTrackingCookie(munchkinId: string, level: number): void {
  const digits = Math.random().toFixed(5).slice('0.'.length)
  const token = `_mch-${window.location.hostname}-${Date.now()}-${digits}`
  for (const domain of [...domainsFrom(level), '']) {
    document.cookie = `${TRACKING}=${cookieOf(munchkinId, token)}; path=/; max-age=${LIFE_SECONDS}${domain}`
    if (tokensInCookies(munchkinId).includes(token)) return
  }
}

/** The domain attributes that a cookie of this page can have, starting with the given number of parts. */
function domainsFrom(level: number): string[] {
  const parts = window.location.hostname.split('.')
  return parts
    .map((_, i) => `; domain=${parts.slice(i).join('.')}`)
    .reverse()
    .slice(level - 1)
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
