/*
 * Stands in for Marketo's munchkin.js, from what is known about it: it starts once, keeps a visitor's token in memory as well
 * as in a cookie, and reports visits and clicks with beacons. The sandbox behind it answers these.
 */
;(function () {
  if (window.MunchkinTracker) return
  const script = document.currentScript
  // Outside Marketo's host, the sandbox also answers for the tracking host.
  const isMarketo = /\.marketo\.net$/.test(new URL(script.src).hostname)
  /** `?late=<ms>`: as in Safari, where everything waits for the cookie. */
  const late = Number(new URL(script.src).searchParams.get('late') ?? window.munchkinIsLate ?? 0)
  const settings = { apiOnly: false, cookieAnon: true, useBeaconAPI: false, anonymizeIP: false }
  const calls = []
  let munchkinId
  let token
  let isInitialized = false
  let isCalled = false
  /** Munchkin takes `mkt_tok`, the mark of a link in an email, once, and reports it with everything. */
  let mktTok

  const cookies = (name) =>
    document.cookie.split('; ').flatMap((one) => (one.startsWith(`${name}=`) ? [one.slice(name.length + 1)] : []))

  /** Two labels of the host name, or three if it ends in two letters. */
  function domain() {
    const parts = location.hostname.split('.')
    const level = settings.domainLevel ?? (parts[parts.length - 1].length === 2 ? 3 : 2)
    return /^\d+$/.test(parts[parts.length - 1]) ? location.hostname : parts.slice(-level).join('.')
  }

  const mktTokIn = (url) => (URL.canParse(url) ? new URL(url).searchParams.get('mkt_tok') : null)

  function setCookie(name, value, seconds) {
    const isName = /\.[a-z][\w-]*$/i.test(domain())
    document.cookie = `${name}=${value}; path=/; max-age=${seconds}${isName ? `; domain=${domain()}` : ''}`
  }

  /** Of several cookies, Munchkin takes the one of its own instance and domain. */
  function knownToken() {
    const own = new RegExp(`^id:${munchkinId}&token:(_mch-${domain()}-\\w+(?:-\\w+)?)$`, 'i')
    return cookies('_mkto_trk').flatMap(
      (value) => own.exec(value.replace(/%3A/gi, ':').replace(/%26/g, '&'))?.[1] ?? []
    )[0]
  }

  function createTrackingCookie(force) {
    if (!isInitialized) return void calls.push(() => createTrackingCookie(force))
    // It is unknown whether Munchkin reads the cookie a second time. For a new visitor, it is worse if it does not.
    const known = token ?? knownToken()
    if (!known && !settings.cookieAnon && !force) return
    const random = 10_000 + Math.floor(Math.random() * 90_000)
    token = known ?? `_mch-${domain()}-${Date.now()}-${random}`
    setCookie('_mkto_trk', `id:${munchkinId}&token:${token}`, 63_072_000)
  }

  function report(type, params) {
    if (!token) return
    const query = new URLSearchParams({
      _mchNc: Date.now(),
      _mchCn: '',
      _mchId: munchkinId,
      _mchTk: token,
      _mchHo: location.hostname,
      _mchPo: location.port,
      _mchPc: location.protocol,
      _mchVr: '164',
      ...(settings.anonymizeIP && { aip: 1 }),
      ...(mktTok && { mkt_tok: mktTok }),
      ...params
    })
    const host = isMarketo ? `https://${munchkinId.toLowerCase()}.mktoresp.com` : new URL(script.src).origin
    const url = `${host}/webevents/${type}?${query}`
    if (settings.useBeaconAPI) return void navigator.sendBeacon(url)
    void fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true }).catch(() => undefined)
  }

  function munchkinFunction(name, data) {
    if (!isInitialized) return void calls.push(() => munchkinFunction(name, data))
    if (name === 'clickLink') return report(name, { _mchHr: data.href })
    report(name, { _mchRu: data.url, _mchQp: data.params ?? '', _mchRe: document.referrer })
  }

  function onClick(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href], area[href]') : null
    if (link && !/^(#|javascript:|mailto:)/.test(link.getAttribute('href'))) report('clickLink', { _mchHr: link.href })
  }

  function start() {
    isInitialized = true
    mktTok = [location.href, document.referrer].map(mktTokIn).find(Boolean)
    createTrackingCookie(false)
    calls.splice(0).forEach((call) => call())
    document.addEventListener('click', onClick, true)
    if (settings.apiOnly) return
    report('visitWebPage', {
      _mchRu: location.pathname,
      _mchQp: location.search.slice(1).replace(/&/g, '__-__'),
      _mchHa: location.hash,
      _mchRe: document.referrer
    })
  }

  function init(id, options) {
    if (isCalled) return
    isCalled = true
    munchkinId = id.toUpperCase()
    Object.assign(settings, options)
    const choice = new URLSearchParams(location.search).get('marketo_opt_out')
    if (choice === 'false') setCookie('mkto_opt_out', '', 0)
    else if (choice === 'true' || cookies('mkto_opt_out').length > 0) {
      setCookie('mkto_opt_out', 'id:true', 63_072_000)
      return setCookie('_mkto_trk', '', 0)
    }
    if (late) setTimeout(start, late)
    else start()
  }

  window.MunchkinTracker = {}
  window.Munchkin = { init, munchkinFunction, createTrackingCookie }
  window.mktoMunchkin = init
  window.mktoMunchkinFunction = munchkinFunction
})()
