import { Analytics, Context } from '@segment/analytics-next'
import type { Plugin } from '@segment/analytics-next'
import type { Settings } from '../generated-types'
import factory, { destination } from '../index'

type Values = Record<string, string>
type Handle = () => boolean

/** Marketo's form script, as far as a hidden form needs it. */
class FormScript {
  submitted: Values[] = []
  form: ReturnType<FormScript['createForm']> | undefined
  handlers: Handle[] = []
  isEmpty = true

  loadForm = (host: string, _munchkinId: string, id: number, ready: (form: unknown) => void): void => {
    if (id === 99) return ready(null)
    const frame = document.createElement('iframe')
    frame.src = `${host}/index.php/form/XDFrame`
    document.body.append(frame)
    this.form = this.createForm()
    ready(this.form)
  }

  private createForm() {
    const element = document.createElement('form')
    return {
      getFormElem: () => [element],
      addHiddenFields: (values: Values) => {
        for (const [name, value] of Object.entries(values)) {
          element.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
        }
      },
      validate: () => this.isEmpty,
      submit: () => void this.submitted.push(Object.fromEntries(new FormData(element)) as Values),
      submittable: (isAllowed?: boolean) => isAllowed === undefined,
      onSubmit: (handle: Handle) => this.handlers.push(handle),
      onSuccess: (handle: Handle) => this.handlers.push(handle)
    }
  }

  /** Marketo accepts the last submission. */
  confirm = (): boolean[] => this.handlers.map((handle) => handle())
}

let scripts: FormScript
let warn: jest.SpyInstance
let analytics: Analytics

async function submitterWith(settings: Partial<Settings> = {}): Promise<(event: object) => Promise<unknown>> {
  const preset = destination.presets?.find(({ partnerAction }) => partnerAction === 'submitBackgroundForm')
  const subscription = {
    partnerAction: 'submitBackgroundForm',
    name: 'Submit Background Form',
    enabled: true,
    subscribe: 'type = "identify"',
    mapping: { ...(preset?.mapping as object), customFields: { '@path': '$.traits.custom' } }
  }
  const all = {
    ...{ munchkinId: '123-ABC-456', formId: 1, formUrl: '//app-ab12.marketo.com', trackAnonymousActivity: true },
    ...settings,
    subscriptions: [subscription]
  }
  const [plugin]: Plugin[] = [await factory(all as Parameters<typeof factory>[0])].flat()
  analytics = new Analytics({ writeKey: 'key' })
  await plugin.load(Context.system(), analytics)
  await settle()
  return async (event) => {
    await plugin.identify?.(new Context({ type: 'identify', ...event }))
    await settle()
  }
}

/** Lets promises settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

const ada = (traits: object = {}) => ({ userId: 'user-1', traits: { email: 'ada@example.com', ...traits } })

describe('Submit Background Form', () => {
  beforeEach(() => {
    jest.useFakeTimers()
    window.localStorage.clear()
    document.body.innerHTML = ''
    scripts = new FormScript()
    warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    Object.assign(window, { Munchkin: { init: jest.fn(), munchkinFunction: jest.fn() }, MktoForms2: scripts })
  })

  afterEach(() => {
    warn.mockRestore()
    jest.useRealTimers()
  })

  it("submits the traits under the form's names, without the mark of a link", async () => {
    const identify = await submitterWith()
    await identify(
      ada({ first_name: 'Ada', birthday: 'Feb 20, 1988', custom: { leadSource: 'Web', gone: null, tags: ['a', 'b'] } })
    )
    expect(scripts.submitted).toMatchObject([
      {
        ...{ Email: 'ada@example.com', userId: 'user-1', FirstName: 'Ada', DateofBirth: '1988-02-20' },
        ...{ LeadSource: 'Web', tags: 'a;b', mkt_tok: '' }
      }
    ])
    expect(scripts.submitted[0]).not.toHaveProperty('gone')
  })

  it.each([
    ['2021-02-28T23:00:00-08:00', '2021-02-28'],
    ['31 May 2024 02:03 PM', '2024-05-31'],
    ['May-31-2024', '2024-05-31'],
    ['20240531', '2024-05-31'],
    ['1717164226', '2024-05-31'],
    ['31.05.2024', undefined],
    ['2024-02-30', undefined],
    ['2024-05-31 13:00 PM', undefined],
    ['soon', undefined]
  ])(
    'submits the birthday %s as the day %s, as the cloud destination writes it',
    async (birthday: string, day: string | undefined) => {
      const identify = await submitterWith()
      await identify(ada({ birthday }))
      expect(scripts.submitted[0].DateofBirth).toBe(day)
    }
  )

  it('reads addresses, names and lists as the cloud destination does, and leaves out what a form cannot hold', async () => {
    const identify = await submitterWith()
    const custom = { 'no name': 'x', object: { a: 1 }, list: [1, null, 2], vip: false, empty: '' }
    await identify(ada({ name: 'Ada King', address: { city: 'London', zip: 'W1' }, phone: '{{phone}}', custom }))
    expect(scripts.submitted[0]).toMatchObject({ FirstName: 'Ada', LastName: 'King', City: 'London', PostalCode: 'W1' })
    expect(scripts.submitted[0]).not.toHaveProperty('Phone')
    expect(scripts.submitted[0]).not.toHaveProperty('object')
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no name'))
  })

  it('submits nothing without an email, and nothing at all without a Munchkin Account ID', async () => {
    await (
      await submitterWith()
    )({ userId: 'user-1', traits: { email: 'ada' } })
    await (
      await submitterWith({ munchkinId: 'example.com' })
    )(ada())
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('set "Munchkin Account ID"'))
    expect(scripts.submitted).toEqual([])
  })

  it('submits one after the other, each with its own values, and nothing twice', async () => {
    const identify = await submitterWith()
    await identify(ada({ phone: '1' }))
    await identify(ada({ title: 'Countess' }))
    expect(scripts.submitted).toHaveLength(1)
    expect(scripts.confirm()).toContain(false)
    expect(scripts.submitted).toHaveLength(2)
    expect(scripts.submitted[1]).not.toHaveProperty('Phone')
    scripts.confirm()
    await identify(ada({ title: 'Countess' }))
    expect(scripts.submitted).toHaveLength(2)
  })

  it('warns about a submission that Marketo does not confirm, and goes on', async () => {
    const identify = await submitterWith()
    await identify(ada({ phone: '1' }))
    await identify(ada({ phone: '2' }))
    jest.advanceTimersByTime(16_000)
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('has not confirmed a submission of form 1'))
    expect(scripts.submitted.map(({ Phone }) => Phone)).toEqual(['1', '2'])
  })

  it('drops what is waiting on reset, and follows the next person', async () => {
    document.cookie = '_mkto_trk=id:123-ABC-456&token:_mch-segment.com-1741098586131-10001; path=/'
    const identify = await submitterWith()
    await identify(ada())
    await identify(ada({ phone: '2' }))
    analytics.emit('reset')
    scripts.confirm()
    expect(scripts.submitted).toHaveLength(1)
    await identify({ userId: 'user-2', traits: { email: 'bob@example.com' } })
    expect(scripts.submitted.map(({ Email }) => Email)).toEqual(['ada@example.com', 'bob@example.com'])
    expect(scripts.submitted[1]._mkt_trk).toMatch(/^id:123-ABC-456&token:_mch-/)
  })

  it('keeps handlers of the page away from the form', async () => {
    const identify = await submitterWith()
    const handle = jest.fn()
    scripts.form?.onSuccess(handle)
    scripts.form?.onSubmit(handle)
    expect(scripts.form?.submittable()).toBe(true)
    scripts.form?.submittable(false)
    scripts.form?.submit()
    await identify(ada())
    scripts.confirm()
    expect(handle).not.toHaveBeenCalled()
    expect(scripts.submitted).toHaveLength(1)
  })

  it('loads the script again when the page has replaced its body', async () => {
    const identify = await submitterWith()
    await identify(ada({ phone: '1' }))
    document.body.innerHTML = ''
    await identify(ada({ phone: '2' }))
    const tag = document.head.querySelector<HTMLScriptElement>('script[src$="forms2.min.js"]')
    const copy = new FormScript()
    const current = jest.spyOn(document, 'currentScript', 'get').mockReturnValue(tag)
    expect(window).toHaveProperty('MktoForms2', undefined)
    Object.assign(window, { MktoForms2: copy })
    current.mockRestore()
    tag?.dispatchEvent(new Event('load'))
    await settle()
    copy.confirm()
    expect(copy.submitted.map(({ Phone }) => Phone)).toEqual(['1', '2'])
    expect((window as unknown as { MktoForms2: unknown }).MktoForms2).toBe(scripts)
  })

  it('tells what is wrong with the settings or the form', async () => {
    const told = (text: string) => expect(warn).toHaveBeenCalledWith(expect.stringContaining(text))
    await (
      await submitterWith({ formId: 99 })
    )(ada())
    told('Marketo has no form 99')
    scripts.isEmpty = false
    await (
      await submitterWith({ formId: 7 })
    )(ada())
    told('form 7 has required fields')
    document.body.innerHTML = '<form id="mktoForm_8"></form>'
    await (
      await submitterWith({ formId: 8 })
    )(ada())
    told('form 8 is already on this page')
    expect(scripts.submitted).toEqual([])
  })

  it('sends nothing for visitors who have opted out', async () => {
    document.cookie = 'mkto_opt_out=id:true; path=/'
    await (
      await submitterWith()
    )(ada())
    document.cookie = 'mkto_opt_out=; path=/; max-age=0'
    expect(scripts.submitted).toEqual([])
  })
})
