/**
 * Munchkin reads its token once and keeps it until the page ends, also in its handlers on links. Nothing in its API changes that.
 * So this changes the token in its reports as they leave the page, or drops them.
 * @param munchkinId the instance whose reports are changed
 * @param tokenNow gives the token of the current visitor; if undefined, nothing is reported
 */
export function readdressReports(munchkinId: string, tokenNow: () => string | undefined): void {
  const own = new RegExp(`/webevents/.*[?&]_mchId=${munchkinId}\\b`, 'i')
  /** The URL to send; undefined if nothing may be sent. */
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
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with each request
  const { open } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...[method, url, ...rest]: unknown[]) {
    const to = readdressed(url)
    if (to === undefined) this.send = () => undefined
    Reflect.apply(open, this, [method, to ?? url, ...rest])
  }
}
