import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { sharedChromium, sharedServer } from '../once/shared'
import { startServer, type StartedServer } from '../once/started-server'
import { barriersOn } from './accessible'

/** The page as `npm start` serves it, and the sandbox behind it. */
export interface Tester {
  url: string
  /** Opens the page as a first-time visitor. */
  open: (options?: BrowserContextOptions) => Promise<Page>
  /** Errors and warnings in the console, unhandled errors and requests to other hosts, since the test began. */
  complaints: string[]
}

/**
 * Each test starts with a reset sandbox and a new browser profile.
 * @param environment what a server of the file's own is started with; without it, the file uses the one that its worker has
 */
export function useTester(environment?: () => Record<string, string>): Tester {
  let own: StartedServer | undefined
  let browser: Browser
  const tester: Tester = { url: '', open, complaints: [] }

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) tester.complaints.push(message.text())
    })
    page.on('pageerror', (error) => tester.complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(tester.url)) tester.complaints.push(`asked for ${request.url()}`)
    })
    await page.goto(tester.url)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    return page
  }

  beforeAll(async () => {
    if (environment) own = await startServer(environment())
    tester.url = own?.url ?? (await sharedServer())
    browser = await sharedChromium()
  }, 120_000)

  beforeEach(async () => {
    tester.complaints.length = 0
    await fetch(`${tester.url}/sandbox/reset`, { method: 'POST' })
  })

  afterEach(async () => {
    const pages = browser.contexts().flatMap((context) => context.pages())
    const barriers: string[] = []
    for (const page of pages) barriers.push(...(await barriersOn(page)))
    for (const context of browser.contexts()) await context.close()
    expect(tester.complaints).toEqual([])
    expect(barriers).toEqual([])
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await own?.close()
  })
  return tester
}
