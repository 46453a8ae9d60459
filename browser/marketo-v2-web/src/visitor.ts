import { decoded, dropTrackingCookie, setTrackingCookie, tokensInCookies } from './cookies'
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
}

/** @param domainLevel how many parts of the domain name the cookie gets */
export function visitorOf(munchkinId: string, domainLevel: number | undefined): Visitor {
  const hasEnded = (mark: string): boolean => recall().ended?.includes(hashOf(decoded(mark))) === true

  const note = (given: string[]): void => {
    const { marks = [] } = recall()
    const added = given.map((mark) => hashOf(decoded(mark))).filter((hash) => !marks.includes(hash))
    if (added.length > 0) remember({ marks: [...added, ...marks] })
  }

  const token = (): string | undefined => {
    const tokens = tokensInCookies(munchkinId)
    return tokens.some(hasEnded) ? undefined : tokens[0]
  }

  return {
    token,
    note: (marks) => note(marks.filter((mark) => !hasEnded(mark))),
    hasEnded,
    end: () => {
      note([...tokensInCookies(munchkinId), ...marksOfLinks()])
      forgetVisitor()
      dropTrackingCookie()
    },
    begin: () => {
      if (!recall().ended || token()) return true
      if (!tokensInCookies(munchkinId).some(hasEnded)) setTrackingCookie(munchkinId, domainLevel ?? 2)
      return token() !== undefined
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
