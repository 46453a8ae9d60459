/**
 * Munchkin reads its token and `mkt_tok` once and keeps them until the page ends, also in its handlers on links. Nothing in its API
 * changes that. So this changes its reports as they leave the page, or drops them.
 * @param munchkinId the instance whose reports are changed
 * @param edit changes a report's parameters; false drops the report
 */
export function editReports(munchkinId: string, edit: (params: URLSearchParams) => boolean): void {
  const own = new RegExp(`/webevents/.*[?&]_mchId=${munchkinId}\\b`, 'i')
  /** The URL to send; undefined if nothing may be sent. */
  const edited = <Url>(url: Url): Url | string | undefined => {
    const text = String(url)
    if (!own.test(text)) return url
    const [address, query] = text.split(/\?(.*)/s)
    const params = new URLSearchParams(query)
    // Spaces as Munchkin writes them.
    return edit(params) ? `${address}?${String(params).replace(/\+/g, '%20')}` : undefined
  }

  // Browsers let people switch beacons off.
  const sendBeacon = (navigator as Partial<Navigator>).sendBeacon?.bind(navigator)
  if (sendBeacon) {
    navigator.sendBeacon = (url, data) => {
      const to = edited(url)
      return to === undefined || sendBeacon(to, data)
    }
  }
  const fetch = (window as Partial<Window>).fetch?.bind(window)
  if (fetch) {
    window.fetch = (input, init) => {
      const to = edited(input)
      return to === undefined ? Promise.resolve(new Response()) : fetch(to, init)
    }
  }
  const { open } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...[method, url, ...rest]: unknown[]) {
    const to = edited(url)
    if (to === undefined) this.send = () => undefined
    Reflect.apply(open, this, [method, to ?? url, ...rest])
  }
}
