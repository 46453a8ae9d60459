import type { Visit } from '../munchkin'

/**
 * The parts of a page's URL, as Munchkin reports them.
 * @param url absolute, a path, or without a scheme (`example.com/x`); anything else means the current page
 */
export function visitOf(url: unknown): Visit {
  const text = typeof url === 'string' ? url.trim() : ''
  const isWhole = /^([a-z][a-z\d+.-]*:\/\/|[/?#]|$)/i.test(text)
  const { href } = window.location
  let page = new URL(href)
  try {
    page = new URL(isWhole ? text : `//${text}`, href)
  } catch {
    // Use the current page.
  }
  return { url: page.pathname, params: page.search.slice(1), hash: page.hash }
}
