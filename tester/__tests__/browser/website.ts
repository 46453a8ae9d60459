import http from 'http'
import type { AddressInfo } from 'net'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import type { Settings } from '../../../browser/marketo-v2-web/src/generated-types'
import { sourceBundles, sourceSettings, webSettings } from '../../segment-source'
import { startSandbox } from '../../../sandbox'
import type { Sandbox, SegmentEvent, State } from '../../../sandbox'
import { sharedChromium } from '../once/shared'
import { launchChromium } from './chromium'

/** Hosts of Segment and of Marketo's form script, for a website with a name of its own. */
const [SEGMENT, FORMS] = ['https://cdn.segment.example', 'app-ab12.marketo.com']

/** What Chromium must ask about. What is on this machine loads without a detour. */
const OTHER_HOSTS = /^https?:\/\/(?!(localhost|127\.0\.0\.1)[:/])/

/** Options of a visit to the website. */
export interface Visit {
  /** The website's name, such as `www.shop.example`. Then all is served under names, with TLS. */
  host?: string
  settings?: Partial<Settings>
  customFields?: unknown
  /** Options for `analytics.load`. */
  load?: object
  /** The visitor's ad blocker blocks each URL that contains one of these. */
  blocked?: string[]
  /** The page's Content Security Policy. */
  contentSecurityPolicy?: string
  /** The visitor's browser, from an earlier visit. */
  context?: BrowserContext
  /** The browser may log that it failed to load something. */
  mayMiss?: boolean
  /** Lets a test move the page's clock with `page.clock`. */
  clock?: boolean
  /** A script that the page runs before analytics.js. */
  script?: string
  /** Whether the page has Marketo's form script itself, before that script. */
  hasForms?: boolean
}

/** A website with the real analytics.js and both web packages. The sandbox plays Marketo and Segment. */
export interface Website {
  sandbox: Sandbox
  state: () => State
  events: () => SegmentEvent[]
  deliver: (event: SegmentEvent) => unknown
  /** Opens a page as a new visitor, unless `visit` has a context, and waits for analytics.js. */
  open: (path?: string, visit?: Visit) => Promise<Page>
  newContext: () => Promise<BrowserContext>
  /** The submissions of forms, as the browser sends them. */
  sentForms: Record<string, string>[]
  /** Warnings in the console. */
  warnings: string[]
  /** Errors in the console, unhandled errors and rejections, requests to other hosts. */
  complaints: string[]
}

/** @param flagsLeftOut Playwright's flags that a Chromium of the file's own is started without */
export function useWebsite(flagsLeftOut?: string[]): Website {
  let browser: Browser
  let site: http.Server
  let origin: string
  let bundles: Record<string, string>
  let visit: Visit = {}
  const website: Website = {
    sandbox: undefined as never,
    state: () => website.sandbox.state(),
    events: () => website.sandbox.segmentEvents,
    deliver: () => undefined,
    open,
    newContext: () => browser.newContext(),
    sentForms: [],
    warnings: [],
    complaints: []
  }

  async function open(path = '/', options: Visit = {}): Promise<Page> {
    const { sandbox } = website
    visit = options
    const formUrl = options.host ? `//${FORMS}` : `//127.0.0.1:${sandbox.port}`
    const settings = { ...webSettings(formUrl), ...options.settings }
    sandbox.setSource({
      settings: sourceSettings(options.host ? SEGMENT : sandbox.url, settings, options.customFields),
      bundles,
      deliver: (event) => void website.deliver(event)
    })
    const context = options.context ?? (await browser.newContext())
    if (context.pages().length === 0) await context.route(OTHER_HOSTS, bringHome)
    if (options.blocked) await context.route(() => true, bringHome)
    const page = await context.newPage()
    page.on('console', (message) => {
      const isMiss = /^Failed to load resource|violates the following Content Security Policy/.test(message.text())
      if (message.type() === 'error' && !(isMiss && options.mayMiss)) website.complaints.push(message.text())
      if (message.type() === 'warning') website.warnings.push(message.text())
    })
    page.on('request', (request) => {
      if (request.url().endsWith('/save2')) {
        website.sentForms.push(Object.fromEntries(new URLSearchParams(request.postData() ?? '')))
      }
    })
    page.on('pageerror', (error) => website.complaints.push(error.message))
    // Before the page: one that is installed later begins in 1970, and Munchkin may just be making a token of the time.
    if (options.clock) await page.clock.install({ time: new Date() })
    await page.goto(`${options.host ? `https://${options.host}` : origin}${path}`)
    await analyticsReady(page)
    return page
  }

  /** Sends requests for Marketo's hosts to the sandbox. */
  async function bringHome(route: Route): Promise<void> {
    const url = new URL(route.request().url())
    if (visit.blocked?.some((part) => url.href.includes(part))) return route.abort('blockedbyclient')
    if (['localhost', '127.0.0.1'].includes(url.hostname)) return route.continue()
    const isPlayed =
      url.origin === SEGMENT ||
      ['munchkin.marketo.net', FORMS].includes(url.hostname) ||
      url.hostname.endsWith('.mktoresp.com')
    if (!isPlayed && url.hostname !== visit.host) {
      website.complaints.push(`asked for ${url.href}`)
      return route.abort()
    }
    try {
      const response = await route.fetch({
        url: `${isPlayed ? website.sandbox.url : origin}${url.pathname}${url.search}`
      })
      await route.fulfill({ response })
    } catch {
      await route.abort().catch(() => undefined)
    }
  }

  beforeAll(async () => {
    ;[website.sandbox, browser, bundles] = await Promise.all([
      startSandbox(),
      flagsLeftOut ? launchChromium(flagsLeftOut) : sharedChromium(),
      sourceBundles()
    ])
    site = http.createServer((_request, response) => {
      const { contentSecurityPolicy: policy } = visit
      response.writeHead(200, { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) })
      response.end(pageOf(visit.host ? SEGMENT : website.sandbox.url, visit))
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    origin = `http://localhost:${(site.address() as AddressInfo).port}`
  }, 60_000)

  beforeEach(() => {
    website.sandbox.reset({ leads: [] })
    website.sandbox.segmentEvents.length = 0
    website.sentForms.length = 0
    website.warnings.length = 0
    website.complaints.length = 0
    website.deliver = () => undefined
  })

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(website.complaints).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    site?.closeAllConnections()
    await website.sandbox?.close()
  })
  return website
}

const pageOf = (segmentUrl: string, { load = {}, script = '', hasForms }: Visit): string => `<!doctype html>
<html><head><title>A website</title></head><body>
<a href="/pricing">Pricing</a> <a href="#here" onclick="return false">Here</a>
<a id="stay" href="/elsewhere" onclick="return false">Stay</a>
${hasForms ? `<script src="${segmentUrl}/js/forms2/js/forms2.min.js"></script>` : ''}
<script>${script}</script>
<script>
  window.analytics = Object.assign([], { _writeKey: 'sandbox', _cdn: '${segmentUrl}', _loadOptions: ${JSON.stringify(
  load
)} })
</script>
<script src="${segmentUrl}/analytics-next/standalone.js"></script>
</body></html>`

/** Waits until analytics.js is there, with all of its plugins. */
export const analyticsReady = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (window as never as { analytics: { ready?: unknown } }).analytics.ready !== undefined)

/** Calls analytics.js as a website does, and waits until analytics.js is done with the event. */
export function call(page: Page, method: string, ...given: unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([name, values]) => {
      const { analytics } = window as never as { analytics: Record<string, (...given: unknown[]) => Promise<unknown>> }
      await analytics[name](...values)
    },
    [method, given] as const
  )
}

/** Repeats a check until it passes. */
export async function eventually(check: () => void, ms = 5_000): Promise<void> {
  const end = Date.now() + ms
  for (;;) {
    try {
      return check()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Waits long enough to see that something does not happen. */
export const aMoment = (ms = 400): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
