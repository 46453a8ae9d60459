const TRACKING = '_mkto_trk'
const OPT_OUT = 'mkto_opt_out'
/** Munchkin's own lifetime: two years. */
const LIFE_SECONDS = 730 * 24 * 60 * 60

/** Whether the visitor has opted out of Munchkin, perhaps with the link to this very page. */
export function isOptedOut(): boolean {
  return cookieNamed(OPT_OUT) !== undefined || /[?&]marketo_opt_out=true/.test(window.location.search)
}

/** @returns the visitor's token in the Munchkin cookie, which may be URL-encoded */
export function tokenInCookie(): string | undefined {
  return /token(?::|%3A)([\w.-]+)/i.exec(cookieNamed(TRACKING) ?? '')?.[1]
}

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
    document.cookie = `${TRACKING}=id:${munchkinId}&token:${token}; path=/; max-age=${LIFE_SECONDS}${domain}`
    if (tokenInCookie() === token) return
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

function cookieNamed(name: string): string | undefined {
  try {
    return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1]
  } catch {
    return undefined
  }
}
