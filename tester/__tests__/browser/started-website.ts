import type { Browser, Page } from 'playwright-core'
import type { State } from '../../../sandbox'
import { sharedChromium, sharedServer } from '../once/shared'

/** The website that `npm start` serves. */
export interface StartedWebsite {
  url: () => string
  /** Opens a page as a new visitor. */
  open: (path?: string) => Promise<Page>
  state: () => Promise<State>
  /** Empties the sandbox's Marketo. */
  empty: () => Promise<unknown>
  /** Errors in the console, and requests to other hosts. */
  complaints: string[]
}

export function useStartedWebsite(): StartedWebsite {
  let browser: Browser
  let url: string
  const complaints: string[] = []

  beforeAll(async () => {
    url = await sharedServer()
    browser = await sharedChromium()
  }, 120_000)

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(complaints.splice(0)).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
  })

  return {
    url: () => url,
    open: async (path = '/website') => {
      const page = await (await browser.newContext()).newPage()
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('request', (request) => {
        if (!/^(http:\/\/localhost:|data:)/.test(request.url())) complaints.push(`asked for ${request.url()}`)
      })
      await page.goto(new URL(path, url).href)
      return page
    },
    state: async () => (await (await fetch(new URL('/sandbox/state', url))).json()) as State,
    empty: () =>
      fetch(new URL('/sandbox/reset', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ leads: [] })
      }),
    complaints
  }
}
