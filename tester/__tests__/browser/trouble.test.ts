import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'
import type { Visit } from './website'

describeInBrowser('When something goes wrong, the page', () => {
  const site = useWebsite()

  /** Visits, identifies and tracks. The trouble must neither delay analytics.js nor lose an event. */
  async function useTheSite(visit: Visit, path = '/') {
    const page = await site.open(path, { mayMiss: true, ...visit })
    const started = Date.now()
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'track', 'Signed Up')
    expect(Date.now() - started).toBeLessThan(1_000)
    await eventually(() => expect(site.events().map(({ type }) => type)).toEqual(['page', 'identify', 'track']))
    await page.evaluate(
      () =>
        new Promise((resolve) =>
          (window as never as { analytics: { ready: (done: unknown) => void } }).analytics.ready(resolve)
        )
    )
    return page
  }

  const told = (text: string) => eventually(() => expect(site.warnings.join('\n')).toContain(text))

  it('carries on when munchkin.js is blocked, and still submits the form', async () => {
    await useTheSite({ blocked: ['munchkin.js'] })
    await told('https://munchkin.marketo.net/munchkin.js is blocked')
    await eventually(() => expect(site.state().leads).toHaveLength(1))
    expect(site.state().visits).toEqual([])
  })

  it('carries on when the form script is blocked, and still reports pages', async () => {
    await useTheSite({ blocked: ['forms2'] })
    await told('forms2.min.js does not exist (setting "Marketo Form URL"), or is blocked')
    await eventually(() => expect(site.state().visits).toHaveLength(1))
  })

  it('carries on when all of Marketo is blocked, and logs each warning once', async () => {
    const page = await useTheSite({ blocked: ['munchkin', 'forms2', 'webevents', 'index.php'] })
    for (let i = 0; i < 3; i++) {
      await call(page, 'page')
      await call(page, 'identify', 'user-1', { email: 'ada@example.com', i })
    }
    await aMoment()
    expect(new Set(site.warnings).size).toBe(site.warnings.length)
    expect(site.warnings).toHaveLength(2)
  })

  it.each(['webevents', 'getForm', 'XDFrame', 'save2'])('carries on when %s is blocked', async (part) => {
    await useTheSite({ blocked: [part] })
    await aMoment()
  })

  it('carries on under a Content Security Policy that does not allow Marketo', async () => {
    const { url } = site.sandbox
    await useTheSite({
      contentSecurityPolicy: `default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' ${url}/analytics-next/ ${url}/bundles/; connect-src 'self' ${url}/v1/`
    })
    await told('is blocked, by an ad blocker or a Content Security Policy')
  })

  it.each([
    ['munchkinScript', 'broken'],
    ['formScript', 'status'],
    ['munchkinScript', 'cut'],
    ['formScript', 'cut'],
    ['getForm', 'cut'],
    ['getForm', 'status'],
    ['xdFrame', 'cut'],
    ['save2', 'broken'],
    ['save2', 'cut'],
    ['munchkin', 'cut']
  ] as const)('carries on when the endpoint %s has the fault "%s"', async (endpoint, kind) => {
    // The browser itself reports a syntax error when the answer is not a script.
    site.sandbox.addFault({ endpoint, kind, ...(kind === 'status' && { status: 503 }), times: 10 })
    await useTheSite({})
    await aMoment()
    if (kind === 'broken' && endpoint === 'munchkinScript') {
      expect(site.complaints.splice(0).join()).toContain("Unexpected token '<'")
      await told('holds no Munchkin')
    }
  })

  it('does not wait for hosts that never answer, and warns after 15 seconds', async () => {
    for (const endpoint of ['munchkinScript', 'formScript'] as const) {
      site.sandbox.addFault({ endpoint, kind: 'delay', ms: 60_000 })
    }
    const page = await site.open('/', { mayMiss: true, clock: true })
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'track', 'Signed Up')
    await eventually(() => expect(site.events()).toHaveLength(3))
    expect(site.warnings).toEqual([])
    await page.clock.fastForward(16_000)
    await told('Page events wait for https://munchkin.marketo.net/munchkin.js')
    await told('Identify events wait for form 1')
  })

  it('does not wait for slow scripts and forms', async () => {
    for (const endpoint of ['munchkinScript', 'formScript', 'getForm', 'xdFrame', 'save2'] as const) {
      site.sandbox.addFault({ endpoint, kind: 'delay', ms: 300 })
    }
    await useTheSite({})
    await eventually(() => expect(site.state()).toMatchObject({ visits: [{}], leads: [{}] }))
    expect(site.state().visits[0].leadId).toBe(site.state().leads[0].id)
  })

  it("works next to the page's own Munchkin and form script", async () => {
    const { url } = site.sandbox
    await useTheSite({
      script: `
        for (const src of ['https://munchkin.marketo.net/munchkin.js', '${url}/js/forms2/js/forms2.min.js', 'https://munchkin.marketo.net/munchkin.js']) {
          document.body.appendChild(Object.assign(document.createElement('script'), { src, async: false }))
        }`
    })
    await eventually(() => expect(site.state()).toMatchObject({ visits: [{}], leads: [{}] }))
    await aMoment()
    expect(site.state().visits).toHaveLength(1)
  })

  it('warns when the Munchkin Account ID is not valid, and sends nothing', async () => {
    await useTheSite({ settings: { munchkinId: 'evil.example.com/123-ABC-456' } })
    await told('set "Munchkin Account ID" to an ID like 123-ABC-456')
    await aMoment()
    expect(site.state()).toMatchObject({ visits: [], leads: [] })
  })

  it('works when an ad blocker replaces the scripts with empty objects', async () => {
    await useTheSite({ script: 'window.Munchkin = {}; window.MktoForms2 = {}' })
    await eventually(() => expect(site.state().visits).toHaveLength(1))
    await told('has no Marketo forms (setting "Marketo Form URL")')
  })

  it('warns when the scripts throw', async () => {
    await useTheSite({
      script: `
        window.Munchkin = { init() { throw new Error('init') }, munchkinFunction() { throw new Error('visit') } }
        window.MktoForms2 = { loadForm() { throw new Error('form') } }`
    })
    await told("Marketo's script failed: Error: visit")
  })

  it('works without local storage', async () => {
    await useTheSite({
      script: `Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage') } })`
    })
    await eventually(() => expect(site.state()).toMatchObject({ visits: [{}], leads: [{}] }))
  })
})
