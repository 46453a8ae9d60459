/** What a browser loads from Marketo and Segment, and the path of each. A fault of endpoint `*` hits none of them. */
export const BROWSER_ENDPOINTS = {
  munchkinScript: /^\/munchkin\.js$/,
  formScript: /^\/js\/forms2\/js\//,
  getForm: /^\/index\.php\/form\/getForm$/,
  xdFrame: /^\/index\.php\/form\/XDFrame$/,
  save2: /^\/index\.php\/leadCapture\/save2$/,
  /** Settings, analytics.js and bundles. */
  segmentCdn: /^\/v1\/projects\/[^/]+\/settings$|^\/analytics-next\/|^\/bundles\//,
  /** The tracking API. */
  segmentApi: /^\/v1\/(?:[tipgas]|batch)$/
} as const

export type BrowserEndpoint = keyof typeof BROWSER_ENDPOINTS
