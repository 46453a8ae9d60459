import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

describeInBrowser('Identify', () => {
  const site = useWebsite()
  const submissions = () =>
    site
      .state()
      .activities.map(({ attributes }) => Object.fromEntries(attributes.map(({ apiName, value }) => [apiName, value])))

  const submitted = (count: number) => eventually(() => expect(submissions()).toHaveLength(count))

  it("sends all mapped traits under the form's field names", async () => {
    const page = await site.open('/', {
      customFields: {
        plan: { '@path': '$.traits.plan' },
        title: { '@path': '$.traits.title' },
        sicCode: { '@path': '$.traits.sic' },
        facebookId: { '@path': '$.traits.facebook' },
        seats: { '@path': '$.traits.seats' },
        trial: { '@path': '$.traits.trial' },
        tags: { '@path': '$.traits.tags' },
        gone: { '@path': '$.traits.gone' },
        empty: { '@path': '$.traits.empty' },
        email: { '@path': '$.traits.plan' }
      }
    })
    await call(page, 'identify', 'user-1', {
      ...{ name: 'Ada King Lovelace', email: 'ada@example.com', phone: '1', birthday: '1815-12-10T23:00:00-05:00' },
      ...{ gender: 'woman', company: { name: 'Engines' }, plan: 'pro', title: 'Countess', sic: 7, facebook: 'f' },
      ...{ seats: 0, trial: false, tags: ['a', 'b'], gone: null, empty: '', avatar: 'x' },
      address: { city: 'London', state: 'Greater London', country: 'UK', postalCode: 'W1', street: 'Square 1' }
    })
    await submitted(1)
    const [{ anonymousId, ...sent }] = submissions()
    expect(anonymousId).toMatch(/^[\da-f-]{36}$/)
    expect(sent).toEqual({
      ...{ Email: 'ada@example.com', userId: 'user-1', FirstName: 'Ada', LastName: 'King Lovelace', Phone: '1' },
      ...{ DateofBirth: '1815-12-10', MarketoSocialGender: 'woman', Company: 'Engines', City: 'London' },
      ...{ State: 'Greater London', Country: 'UK', PostalCode: 'W1', Address: 'Square 1', plan: 'pro' },
      ...{ Title: 'Countess', SICCode: '7', MarketoSocialFacebookId: 'f', seats: '0', trial: 'false', tags: 'a;b' }
    })
  })

  it('reads the spellings of tools, and sends nothing that means nothing', async () => {
    const page = await site.open('/')
    await call(page, 'identify', 'user-1', {
      ...{ Email: 'Ada <ada@example.com>,', first_name: ' Ada ', lastname: 'undefined', job_title: 'Countess' },
      ...{ Phone: '(null)', company: '{{user.company}}', zip: 'W1', address: 'Square 1', Website: '[object Object]' }
    })
    await submitted(1)
    expect(submissions()[0]).toEqual({
      ...{ Email: 'ada@example.com', userId: 'user-1', anonymousId: expect.any(String) as unknown },
      ...{ FirstName: 'Ada', Title: 'Countess', PostalCode: 'W1', Address: 'Square 1' }
    })
  })

  it('takes an anonymous ID that is an email as the email, and sends no anonymous ID', async () => {
    const page = await site.open('/')
    await page.evaluate(`analytics.setAnonymousId('ada@example.com')`)
    await call(page, 'identify', 'user-1', { firstName: 'Ada' })
    await submitted(1)
    expect(submissions()[0]).toEqual({ Email: 'ada@example.com', userId: 'user-1', FirstName: 'Ada' })
  })

  it.each([
    ['a Date', 'new Date("1815-12-10T23:00:00Z")', '1815-12-10'],
    ['seconds', '-4861296000', '1815-12-15'],
    ['milliseconds', '572313600000', '1988-02-20'],
    ['text such as "Feb 20, 1988"', '"Feb 20, 1988"', '1988-02-20'],
    ['the text of a Date', '"Sat Feb 20 1988 23:00:00 GMT-0800 (Pacific Standard Time)"', '1988-02-20'],
    ['an American date', '"02/20/1988"', '1988-02-20'],
    ['a compact day', '"19880220"', '1988-02-20'],
    ['a day that does not exist', '"Feb 30 2024"', undefined],
    ['a day that does not exist, as ISO 8601', '"2024-02-30"', undefined],
    ['a day before its month', '"20.02.1988"', undefined],
    ['a day without its year', '"Feb 20"', undefined],
    ['nonsense', '"soon"', undefined],
    ['nonsense with a year', '"since 1988"', undefined],
    ['a number that is not a date', '"5"', undefined]
  ])('sends a birthday given as %s as YYYY-MM-DD, or leaves it out', async (_how, birthday, day) => {
    const page = await site.open('/')
    await page.evaluate(`analytics.identify('user-1', { email: 'ada@example.com', birthday: ${birthday} })`)
    await submitted(1)
    expect(submissions()[0].DateofBirth).toBe(day)
    expect(site.warnings.join()).toContain(day ? '' : 'Date of Birth is not sent')
  })

  it('leaves out custom fields that a form cannot take, and warns', async () => {
    const page = await site.open('/', {
      customFields: { '': 'x', 'a b': 'x', formid: '2', _mkt_trk: 'x', plan: { '@path': '$.traits.plan' } }
    })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', plan: { name: 'x' } })
    await submitted(1)
    expect(Object.keys(submissions()[0])).not.toEqual(expect.arrayContaining(['']))
    expect(submissions()[0]).not.toHaveProperty('formid')
    expect(site.state().activities[0].primaryAttributeValue).toBe('1')
    for (const name of ['a b', 'formid', '_mkt_trk', 'plan']) {
      expect(site.warnings.join()).toContain(`Custom Fields > ${name} is not sent`)
    }
  })

  it('accepts traits of any type', async () => {
    const page = await site.open('/', {
      customFields: {
        plan: { '@path': '$.traits.plan' },
        since: { '@path': '$.traits.since' },
        tags: { '@path': '$.traits.tags' }
      }
    })
    await page.evaluate(`analytics.identify('user-1', {
      email: 'ada@example.com', name: 7, phone: 12, company: [], address: 5, gender: {}, birthday: true,
      plan: '  ', since: new Date(0), tags: ['a', null, '', 2]
    })`)
    await submitted(1)
    expect(submissions()[0]).toEqual({
      ...{ Email: 'ada@example.com', userId: 'user-1', anonymousId: expect.any(String) as unknown },
      ...{ FirstName: '7', Phone: '12', Address: '5', since: '1970-01-01T00:00:00.000Z', tags: 'a;2' }
    })
  })

  it('submits again only when a value has changed, even on another page', async () => {
    const context = await site.newContext()
    const page = await site.open('/', { context })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await submitted(1)
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    const next = await site.open('/next', { context })
    await call(next, 'identify', 'user-1', { email: 'ada@example.com' })
    await aMoment()
    expect(submissions()).toHaveLength(1)
    await call(next, 'identify', 'user-1', { email: 'ada@example.com', phone: '2' })
    await submitted(2)
    expect(await next.evaluate(() => Object.values(localStorage).join())).not.toMatch(/marketo.*ada@example.com/)
  })

  it("submits only the current person's values, and does not reload the page", async () => {
    const page = await site.open('/')
    await page.evaluate(() => Object.assign(window, { same: true }))
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', firstName: 'Ada', company: 'Engines' })
    await submitted(1)
    await page.evaluate(`analytics.reset(); analytics.identify('user-2', { email: 'grace@example.com' })`)
    await submitted(2)
    expect(submissions()[1]).toEqual({
      ...{ Email: 'grace@example.com', userId: 'user-2' },
      anonymousId: expect.any(String) as unknown
    })
    expect(await page.evaluate(() => 'same' in window)).toBe(true)
    expect(site.state().leads.map(({ fields }) => fields.email)).toEqual(['ada@example.com', 'grace@example.com'])
  })

  it('sends submissions one at a time, in order', async () => {
    site.sandbox.addFault({ endpoint: 'getForm', kind: 'delay', ms: 400 })
    const page = await site.open('/')
    for (const phone of ['1', '2', '3']) await call(page, 'identify', 'user-1', { email: 'ada@example.com', phone })
    await submitted(3)
    expect(submissions().map(({ Phone }) => Phone)).toEqual(['1', '2', '3'])
  })

  it('warns about a submission that Marketo never confirms, and sends the next one', async () => {
    site.sandbox.addFault({ endpoint: 'save2', kind: 'status', status: 400 })
    const context = await site.newContext()
    const page = await site.open('/', { context, mayMiss: true, clock: true })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await eventually(() => expect(site.state().faults).toEqual([]))
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', phone: '2' })
    await aMoment()
    expect(submissions()).toEqual([])
    await page.clock.fastForward(16_000)
    await submitted(1)
    expect(submissions()[0].Phone).toBe('2')
    expect(site.warnings.join()).toContain('has not confirmed a submission of form 1')
  })

  it('sends the previous values again if Marketo has not confirmed the values after them', async () => {
    const context = await site.newContext()
    const page = await site.open('/', { context, mayMiss: true })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', phone: '1' })
    await submitted(1)
    site.sandbox.addFault({ endpoint: 'save2', kind: 'status', status: 400 })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', phone: '2' })
    await eventually(() => expect(site.state().faults).toEqual([]))
    const next = await site.open('/next', { context })
    await call(next, 'identify', 'user-1', { email: 'ada@example.com', phone: '1' })
    await submitted(2)
  })

  it('needs an email, but takes it from the User ID as well', async () => {
    const page = await site.open('/')
    for (const email of [undefined, 'undefined', ' ', 'ada', 5, {}]) {
      await call(page, 'identify', 'user-1', { phone: '1', email })
    }
    await call(page, 'identify', 'ada@example.com', {})
    await submitted(1)
    expect(submissions()[0]).toMatchObject({ Email: 'ada@example.com', userId: 'ada@example.com' })
    expect(site.warnings.join()).toContain('without an email')
  })

  it.each([
    ['does not exist', { formId: 99 }, '', 'Marketo has no form 99 (setting "Marketo Form ID")'],
    ['has required fields', { formId: 2 }, '', 'form 2 has required fields'],
    [
      'is already on the page',
      {},
      `document.body.insertAdjacentHTML('beforeend', '<form id="mktoForm_1"></form>')`,
      'form 1 is already on this page'
    ]
  ])('warns that the form %s, and still reports pages', async (_what, settings, script, told) => {
    const page = await site.open('/', { settings, script })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'page')
    await eventually(() => expect(site.warnings.join()).toContain(told))
    await eventually(() => expect(site.state().visits).toHaveLength(1))
    await aMoment()
    expect(submissions()).toEqual([])
  })

  it.each(['//HOST', 'http://HOST', 'HOST', ' //HOST/ '])('accepts the form URL "%s"', async (url) => {
    const formUrl = url.replace('HOST', `127.0.0.1:${site.sandbox.port}`)
    const page = await site.open('/', { settings: { formUrl } })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await submitted(1)
  })
})
