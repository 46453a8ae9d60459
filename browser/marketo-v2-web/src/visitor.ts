import { cookieDomain, decoded, dropTokens, followOptOutLink, isOptedOut, setToken, tokensInCookies } from './cookies'
import { forgetVisitor, hashOf, recall, remember } from './memory'

/**
 * The visitor of this browser, for Marketo. Marketo knows people by two marks: the token in Munchkin's cookie, and `mkt_tok` in links of
 * its emails. When another person comes, the marks of the last one have ended, on this page and on all later ones.
 */
export interface Visitor {
  /** The current visitor's token. Undefined if there is none yet, or if the last visitor's cookie is still there. */
  token: () => string | undefined
  /** Says that a mark was seen with the current visitor. */
  note: (marks: string[]) => void
  hasEnded: (mark: string) => boolean
  /** Another person comes. */
  end: () => void
  /** After another person has come, sets a cookie for this person. False if the browser keeps that of the last one. */
  begin: () => boolean
  /** Does what the page's address says about opting out. Who has opted out has no cookie. */
  optOutOrIn: () => void
  /**
   * Makes sure that only one cookie is left, and that Munchkin doesn't replace its token when it starts.
   * @param startMunchkin gets how many parts of the host name its cookie is for, if it should be told
   */
  keepWhile: (startMunchkin: (domainLevel: number | undefined) => void) => void
}

/** @param domainLevel the setting */
export function visitorOf(munchkinId: string, domainLevel: number | undefined): Visitor {
  let knownDomain: string | undefined
  const domain = (): string => {
    knownDomain ??= cookieDomain(domainLevel)
    return knownDomain
  }

  const hasEnded = (mark: string): boolean => recall().ended?.includes(hashOf(decoded(mark))) === true

  const note = (given: string[]): void => {
    const { marks = [] } = recall()
    const added = given.filter((mark) => !hasEnded(mark)).map((mark) => hashOf(decoded(mark)))
    const isNew = added.some((hash) => !marks.includes(hash))
    if (isNew) remember({ marks: [...new Set([...added, ...marks])] })
  }

  const token = (): string | undefined => {
    const tokens = tokensInCookies(munchkinId)
    if (tokens.some(hasEnded)) return undefined
    // Munchkin takes the one of its domain.
    return tokens.find((one) => one.startsWith(`_mch-${domain()}-`)) ?? tokens[0]
  }

  const keep = (chosen: string): void => {
    dropTokens(munchkinId)
    setToken(munchkinId, chosen, domain())
  }

  return {
    token,
    note,
    hasEnded,
    end: () => {
      note([...tokensInCookies(munchkinId), ...marksOfLinks()])
      forgetVisitor()
      dropTokens(munchkinId)
    },
    begin: () => {
      if (!recall().ended || token()) return true
      const digits = Math.random().toFixed(5).slice('0.'.length)
      keep(`_mch-${domain() || window.location.hostname}-${Date.now()}-${digits}`)
      return token() !== undefined
    },
    optOutOrIn: () => {
      followOptOutLink(domain)
      if (isOptedOut()) dropTokens(munchkinId)
    },
    keepWhile: (startMunchkin) => {
      const chosen = token()
      if (chosen && tokensInCookies(munchkinId).length > 1) keep(chosen)
      const isName = /\.[a-z][\w-]*$/i.test(domain())
      startMunchkin(isName ? domain().split('.').length : undefined)
      if (chosen && token() !== chosen) keep(chosen)
    }
  }
}

/** `mkt_tok` in the address and in the referrer: Munchkin takes it from both. */
export function marksOfLinks(): string[] {
  const addresses = `${window.location.href} ${document.referrer}`
  return [...addresses.matchAll(/[?&#]mkt_tok=([^&#\s]+)/g)].map(([, mark]) => mark)
}

/** @returns an address or a query without the `mkt_tok` that has ended. Munchkin may write `&` as `__-__` */
export function withoutMarks(text: string, hasEnded: Visitor['hasEnded']): string {
  return text.replace(
    /(^|[?&]|__-__)mkt_tok=(.*?)(&|__-__|#|$)/g,
    (all, before: string, mark: string, after: string) => {
      if (!hasEnded(mark)) return all
      return after === '&' || after === '__-__' ? before : after
    }
  )
}
