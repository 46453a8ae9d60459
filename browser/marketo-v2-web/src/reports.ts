/**
 * Munchkin reads its token once and keeps it for as long as the page lives, in the handlers that it has put on links too.
 * Nothing in its API changes that. So its reports are readdressed where they leave the page: under another token, or
 * nowhere.
 * @param munchkinId whose reports are meant
 * @param tokenNow gives the token of the present visitor; undefined: nothing is reported
 */
export function readdressReports(munchkinId: string, tokenNow: () => string | undefined): void {
  const own = new RegExp(`/webevents/.*[?&]_mchId=${munchkinId}\\b`, 'i')
  /** The URL as it may be sent; undefined where it may not. */
  const readdressed = <Url>(url: Url): Url | string | undefined => {
    const text = String(url)
    if (!own.test(text)) return url
    const token = tokenNow()
    return token && text.replace(/([?&]_mchTk=)[^&]*/, `$1${encodeURIComponent(token)}`)
  }

  const sendBeacon = navigator.sendBeacon.bind(navigator)
  navigator.sendBeacon = (url, data) => {
    const to = readdressed(url)
    return to === undefined || sendBeacon(to, data)
  }
  const fetch = window.fetch.bind(window)
  window.fetch = (input, init) => {
    const to = readdressed(input)
    return to === undefined ? Promise.resolve(new Response()) : fetch(to, init)
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to each request
  const { open } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...[method, url, ...rest]: unknown[]) {
    const to = readdressed(url)
    if (to === undefined) this.send = () => undefined
    Reflect.apply(open, this, [method, to ?? url, ...rest])
  }
}
