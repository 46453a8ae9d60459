import { spawn } from 'child_process'
import type { ChildProcess } from 'child_process'
import { once } from 'events'
import { join } from 'path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../browser/chromium'
import { barriersOn } from './accessible'

const START = join(__dirname, '../../start.ts')

/** The page as `npm start` serves it, and the sandbox behind it. */
export interface Tester {
  url: string
  /** Opens the page as a first-time visitor. */
  open: (options?: BrowserContextOptions) => Promise<Page>
  /** Errors and warnings in the console, unhandled errors and requests to other hosts, since the test began. */
  complaints: string[]
}

/**
 * Each test file has one server and one browser. Each test starts with a reset sandbox and a new browser profile.
 * @param environment what the server is started with, besides the port
 */
export function useTester(environment = (): Record<string, string> => ({})): Tester {
  let server: ChildProcess
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
    ;[server, browser] = await Promise.all([
      start(environment()).then(({ child, url }) => {
        tester.url = url
        return child
      }),
      launchChromium()
    ])
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
    if (server?.kill('SIGTERM')) await once(server, 'close')
  })
  return tester
}

/** Starts what `npm start` runs, on a free port. It builds the page first if that has not been done. */
async function start(environment: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MARKETO_'))
  const child = spawn(process.execPath, ['-r', 'tsx/cjs', START], {
    env: { ...Object.fromEntries(own), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const [, started] = /Test server +(http:\S+)/.exec(said) ?? []
      if (started && said.includes('Ctrl+C stops it.')) resolve(started)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', () => reject(new Error(`It did not start: ${said}`)))
  })
  return { child, url }
}
