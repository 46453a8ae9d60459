import { spawn } from 'child_process'
import type { ChildProcess } from 'child_process'
import { join } from 'path'
import type { Browser } from 'playwright-core'
import type { State } from '../../../sandbox'
import { describeInBrowser, launchChromium } from './chromium'

const START = join(__dirname, '../../start.ts')

describeInBrowser('The website that npm start serves', () => {
  let server: ChildProcess
  let browser: Browser
  let url: string

  beforeAll(async () => {
    const env = { ...process.env, PORT: '0' }
    server = spawn(process.execPath, ['-r', 'tsx/cjs', START], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const [started, launched] = await Promise.all([
      new Promise<string>((resolve, reject) => {
        server.stdout?.on('data', (chunk: Buffer) => {
          const [, found] = /Website +(http:\S+)/.exec(chunk.toString()) ?? []
          if (found) resolve(found)
        })
        server.once('close', () => reject(new Error('It did not start.')))
      }),
      launchChromium()
    ])
    url = started
    browser = launched
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    server?.kill('SIGTERM')
  })

  it("shows a visitor's visits, form and activity under one lead", async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => {
      if (!/^(http:\/\/localhost:|data:)/.test(request.url())) complaints.push(`asked for ${request.url()}`)
    })
    const state = async () => (await (await fetch(new URL('/sandbox/state', url))).json()) as State
    const until = async (check: (now: State) => void): Promise<void> => {
      for (let tries = 0; tries < 200; tries++) {
        try {
          return check(await state())
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 25))
        }
      }
      check(await state())
    }

    await page.goto(url)
    await until(({ visits }) => expect(visits).toHaveLength(1))
    await page.getByLabel('Email').fill('new@example.com')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await until(({ activities }) => expect(activities).toHaveLength(1))
    await page.getByRole('button', { name: 'Order' }).click()
    await until(({ activities }) => expect(activities).toHaveLength(2))
    await page.getByRole('link', { name: 'Pricing' }).click()
    await until(({ visits }) => expect(visits).toHaveLength(2))

    const { leads, visits, activities } = await state()
    const lead = leads.find(({ fields }) => fields.email === 'new@example.com')
    expect([...visits, ...activities].map(({ leadId }) => leadId)).toEqual(Array(4).fill(lead?.id))

    await page.goto(new URL('/', url).href)
    await page.getByRole('grid', { name: 'Leads' }).getByRole('row').filter({ hasText: 'new@example.com' }).click()
    const shown = page.getByRole('region', { name: `Lead ${lead?.id}` })
    const timeline = shown.getByRole('grid', { name: 'Timeline' })
    for (const text of ['Form filled out', 'Visit']) await timeline.getByText(text).first().waitFor()
    expect(complaints).toEqual([])
  })
})
