import { marksOfLinks, visitorOf } from '../visitor'
import { loadMunchkin } from '../munchkin'
import { tokensInCookies } from '../cookies'

const ID = '123-ABC-456'
const OWN = `_mch-${window.location.hostname}-1741098586131-10001`
const report = (params: object) =>
  `https://123-abc-456.mktoresp.com/webevents/visitWebPage?${new URLSearchParams({ _mchId: ID, ...params }).toString()}`

describe('The reports of Munchkin', () => {
  const sendBeacon = jest.fn()
  const visit = jest.fn()

  beforeEach(() => {
    sendBeacon.mockReset()
    visit.mockReset()
    window.localStorage.clear()
    document.cookie = `_mkto_trk=id:999-ZZZ-999&token:_mch-other-1741098586131-10001; path=/`
    Object.assign(navigator, { sendBeacon })
    Object.assign(window, { Munchkin: { init: jest.fn(), munchkinFunction: visit } })
  })

  async function started() {
    const visitor = visitorOf(ID, undefined)
    const munchkin = loadMunchkin(ID, {}, visitor, () => Promise.resolve())
    await munchkin.decided
    return { visitor, munchkin }
  }
  const sent = () => new URL(String((sendBeacon.mock.calls[0] as string[])[0])).searchParams

  it('go under the token in the cookie, with the hash of their visit', async () => {
    const { munchkin, visitor } = await started()
    visitor.note([OWN])
    munchkin.visit({ url: '/app', params: 'a=1', hash: '#/contact%20us' })
    expect(visit).toHaveBeenCalledWith('visitWebPage', { url: '/app', params: 'a=1' })
    navigator.sendBeacon(report({ _mchTk: OWN, _mchRu: '/app', _mchQp: 'a=1' }))
    expect(sent().get('_mchHa')).toBe('#/contact us')
    expect(sent().get('_mchTk')).toBe(OWN)
  })

  it('carry nothing of a person who has left', async () => {
    const { visitor } = await started()
    visitor.note([OWN, 'MARK'])
    visitor.end()
    navigator.sendBeacon(report({ _mchTk: OWN }))
    expect(sendBeacon).not.toHaveBeenCalled()
    expect(visitor.begin()).toBe(true)
    const referrer = 'https://example.com/?mkt_tok=MARK&b=1#x'
    navigator.sendBeacon(report({ _mchTk: OWN, mkt_tok: 'MARK', _mchQp: 'a=1__-__mkt_tok=MARK', _mchRe: referrer }))
    expect(sent().get('_mchTk')).toBe(visitor.token())
    expect(sent().get('_mchTk')).not.toBe(OWN)
    expect(sent().has('mkt_tok')).toBe(false)
    expect(sent().get('_mchQp')).toBe('a=1')
    expect(sent().get('_mchRe')).toBe('https://example.com/?b=1#x')
  })

  it('of other instances stay as they are, and their cookies too', async () => {
    const { visitor } = await started()
    const other = 'https://999-zzz-999.mktoresp.com/webevents/visitWebPage?_mchId=999-ZZZ-999&_mchTk=x'
    navigator.sendBeacon(other)
    expect(sendBeacon).toHaveBeenCalledWith(other, undefined)
    visitor.end()
    expect(tokensInCookies('999-ZZZ-999')).toHaveLength(1)
  })

  it('may leave the page by fetch or XMLHttpRequest, too', async () => {
    const fetched = jest.fn(() => Promise.resolve())
    const opened = jest.spyOn(XMLHttpRequest.prototype, 'open').mockImplementation(() => undefined)
    Object.assign(window, { fetch: fetched, Response: class {} })
    const { visitor } = await started()
    expect(visitor.begin()).toBe(true)
    const own = report({ _mchTk: OWN })
    await window.fetch(own)
    new XMLHttpRequest().open('POST', own)
    await window.fetch('https://example.com/other')
    expect(fetched).toHaveBeenCalledTimes(2)
    expect(opened).toHaveBeenCalledTimes(1)
    visitor.end()
    await window.fetch(own)
    const request = new XMLHttpRequest()
    request.open('POST', own)
    expect(request.send()).toBeUndefined()
    expect(fetched).toHaveBeenCalledTimes(2)
    opened.mockRestore()
  })

  it('are missing without the script, and the console says so', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    Object.assign(window, { Munchkin: undefined })
    await loadMunchkin(ID, {}, visitorOf(ID, undefined), () => Promise.reject(new Error('blocked'))).decided
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Page events are not sent'))
    warn.mockRestore()
  })

  it('are not sent after an opt-out', async () => {
    await started()
    document.cookie = 'mkto_opt_out=id:true; path=/'
    navigator.sendBeacon(report({ _mchTk: OWN }))
    document.cookie = 'mkto_opt_out=; path=/; max-age=0'
    expect(sendBeacon).not.toHaveBeenCalled()
  })

  it('take marks of links from the address and the referrer', () => {
    window.history.replaceState({}, '', '/?mkt_tok=MARK%3D&a=1')
    expect(marksOfLinks()).toEqual(['MARK%3D'])
    window.history.replaceState({}, '', '/')
  })
})
