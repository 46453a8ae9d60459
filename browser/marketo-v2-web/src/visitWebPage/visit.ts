import type { Visit } from '../munchkin'

/**
 * The path and query of a page, as Munchkin takes them.
 * @param url absolute, a path, or without a scheme (`example.com/x`); what is none of these stands for the present page
 */
export function visitOf(url: unknown): Visit {
  const text = typeof url === 'string' ? url.trim() : ''
  const hasOrigin = /^[a-z][a-z\d+.-]*:/i.test(text) || /^[/?#]/.test(text) || text === ''
  let page: URL
  try {
    page = new URL(hasOrigin ? text : `//${text}`, window.location.href)
  } catch {
    page = new URL(window.location.href)
  }
  return { url: page.pathname, params: page.search.slice(1) }
}
