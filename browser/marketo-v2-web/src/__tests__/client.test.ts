import type { Analytics } from '@segment/analytics-next'
import { marketoInPage } from '../client'
import { tokensInCookies } from '../cookies'
import type { Settings } from '../generated-types'
import { remember } from '../memory'

const ID = '123-ABC-456'
const VISIT = { url: '/', params: '', hash: '' }

type Handle = () => boolean
type Ready = (form: object) => void

/** What the page's form has been asked for, and how Marketo answers. */
interface Forms {
  bases: string[]
  submitted: string[]
  confirm: Handle
}

let forms: Forms
let init: jest.Mock
let reset: () => void
let warn: jest.SpyInstance

function openPage(settings: Partial<Settings> = {}, user?: string) {
  const analytics = {
    on: (_event: string, handle: () => void) => {
      reset = handle
    },
    user: () => ({ id: () => user })
  } as unknown as Analytics
  const all = { munchkinId: ID, trackAnonymousActivity: true, formId: 1, formUrl: '//forms.example.com', ...settings }
  return marketoInPage(all, analytics, () => Promise.resolve())
}

/** Lets promises settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

const token = () => tokensInCookies(ID)[0]
const values = (Phone: string) => ({ Email: 'ada@example.com', Phone })

beforeEach(() => {
  remember({ user: undefined, submitted: undefined, marks: undefined, ended: undefined })
  document.cookie = `_mkto_trk=id:${ID}&token:_mch-localhost-1-1; path=/`
  document.cookie = 'mkto_opt_out=; path=/; max-age=0'
  warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  init = jest.fn()
  forms = { bases: [], submitted: [], confirm: () => false }
  const loadForm = (base: string, _id: string, _form: number, ready: Ready) => {
    forms.bases.push(base)
    let added = ''
    ready({
      getFormElem: () => [document.createElement('form')],
      addHiddenFields: ({ Phone }: { Phone: string }) => {
        added = Phone
      },
      submit: () => forms.submitted.push(added),
      onSuccess: (handle: Handle) => {
        forms.confirm = handle
      }
    })
  }
  Object.assign(window, { Munchkin: { init, munchkinFunction: jest.fn() }, MktoForms2: { loadForm } })
})

afterEach(() => warn.mockRestore())

describe('A visitor', () => {
  it('keeps the token as nobody, when the User ID is first known, and with the same User ID', () => {
    const page = openPage()
    page.visit({}, VISIT)
    page.visit({ userId: 'u1' }, VISIT)
    page.visit({ userId: 'u1' }, VISIT)
    page.visit({}, VISIT)
    expect(token()).toBe('_mch-localhost-1-1')
  })

  it('has another token when another user comes, also on a later page', () => {
    openPage().visit({ userId: 'u1' }, VISIT)
    openPage().visit({ userId: 'u2' }, VISIT)
    expect(token()).toMatch(/^_mch-localhost-\d{13}-\d{5}$/)
  })

  it('has another token right after a reset', () => {
    openPage()
    reset()
    expect(token()).toMatch(/^_mch-localhost-\d{13}-\d{5}$/)
  })

  it.each([
    ['while anonymous visitors are not tracked', { trackAnonymousActivity: false }, 'mkto_opt_out=; path=/; max-age=0'],
    ['after an opt-out', {}, 'mkto_opt_out=id:true; path=/']
  ])('has no token after a reset %s', (_when, settings, cookie) => {
    openPage(settings, 'u1')
    document.cookie = cookie
    reset()
    expect(token()).toBeUndefined()
  })

  it('has no token after a reset before Munchkin is needed', () => {
    openPage({ trackAnonymousActivity: false })
    reset()
    expect(token()).toBeUndefined()
  })

  it('can be read by the plugin that puts the cookie on events', () => {
    openPage()
    const read = () => (window as unknown as { marketoV2Cookie: () => string | undefined }).marketoV2Cookie()
    expect(read()).toBe(`id:${ID}&token:_mch-localhost-1-1`)
    document.cookie = '_mkto_trk=; path=/; max-age=0'
    expect(read()).toBeUndefined()
  })

  it.each([
    [true, { anonymizeIP: true }],
    [false, {}]
  ])('has an IP address that Marketo cuts, or not (%s)', async (anonymizeIp, options) => {
    openPage({ anonymizeIp })
    await settle()
    expect(init).toHaveBeenCalledWith(ID, { ...options, apiOnly: true, useBeaconAPI: true })
  })
})

describe('The form', () => {
  it.each([
    ['//app-ab12.marketo.com', '//app-ab12.marketo.com'],
    ['https://app-ab12.marketo.com/js/forms2', '//app-ab12.marketo.com'],
    ['HTTP://app-ab12.marketo.com', '//app-ab12.marketo.com'],
    [' app-ab12.marketo.com ', '//app-ab12.marketo.com'],
    ['localhost:8080', '//localhost:8080']
  ])('of the URL %j comes from %s', async (formUrl, base) => {
    openPage({ formUrl })
    await settle()
    expect(forms.bases).toEqual([base])
  })

  it.each([
    { formUrl: 'ftp://app-ab12.marketo.com' },
    { formUrl: '*.marketo.com' },
    { formUrl: 'localhost:port' },
    { formUrl: undefined },
    { formId: 0 },
    { formId: undefined }
  ])('is not loaded with %j', async (settings) => {
    const page = openPage(settings)
    page.submit({ userId: 'u1' }, values('1'))
    await settle()
    expect(forms.bases).toEqual([])
  })

  it('is not submitted again with what Marketo has confirmed, also on a later page', async () => {
    const submit = async (Phone: string) => {
      openPage().submit({ userId: 'u1' }, values(Phone))
      await settle()
      forms.confirm()
    }
    await submit('1')
    await submit('1')
    expect(forms.submitted).toEqual(['1'])
    await submit('2')
    await submit('1')
    expect(forms.submitted).toEqual(['1', '2', '1'])
  })

  it('is submitted again on a later page if Marketo has not confirmed it', async () => {
    for (const Phone of ['1', '1']) {
      openPage().submit({ userId: 'u1' }, values(Phone))
      await settle()
    }
    expect(forms.submitted).toEqual(['1', '1'])
  })

  it('of the last visitor is not confirmed for the next one', async () => {
    const page = openPage()
    page.submit({ userId: 'u1' }, values('1'))
    await settle()
    reset()
    forms.confirm()
    page.submit({ userId: 'u1' }, values('1'))
    await settle()
    expect(forms.submitted).toEqual(['1', '1'])
  })
})
