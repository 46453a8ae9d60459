import type { AddressInfo } from 'node:net'
import { Segment, type SegmentEvent, type Source } from './browser/segment'
import type { Endpoint, Fault, Limits, State } from './contract'
import { Controls } from './control/controls'
import { createServer } from './http/server'
import { Troubles } from './rest/troubles'
import { Marketo, type Seed } from './state/marketo'
import type { Permission } from './state/permission-names'

export * from './contract'
export type { SegmentEvent, Source } from './browser/segment'
export { routeMarketoTo } from './route-marketo'
export type { Marketo } from './state/marketo'
export type { LeadSeed } from './state/seed'

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number
  munchkinId?: string
  clientId?: string
  clientSecret?: string
  limits?: Partial<Limits>
  /** The clock, in milliseconds since the epoch. */
  now?: () => number
}

export interface Sandbox {
  readonly port: number
  readonly url: string
  /** The same as `GET /sandbox/state`. */
  state(): State
  /** Resets to the starting data, or to the given leads. Access tokens stay valid. */
  reset(seed?: Seed): void
  setLimits(limits: Partial<Limits>): void
  addFault(fault: Fault): void
  clearFaults(): void
  removeField(name: string): void
  /** Takes a permission from the API user's role: calls that need it answer 603 from now on, until a reset. */
  revoke(permission: Permission): void
  /** Changes the instance right before the next call of an endpoint, as another user would. */
  intrude(endpoint: Endpoint, deed: (marketo: Marketo) => void): void
  /** The source whose settings and bundles Segment's CDN serves, and what happens to its events. */
  setSource(source: Source): void
  /** What analytics.js has sent to Segment. */
  readonly segmentEvents: SegmentEvent[]
  /** From now on, calls with any access token issued so far answer 602. */
  expireTokens(): void
  /** At once: open connections are destroyed. */
  close(): Promise<void>
}

/** A Marketo instance over HTTP, on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const marketo = new Marketo({
    munchkinId: options.munchkinId ?? '123-ABC-456',
    clientId: options.clientId ?? 'sandbox',
    clientSecret: options.clientSecret ?? 'sandbox',
    limits: options.limits ?? {},
    now: options.now ?? Date.now
  })
  const segment = new Segment()
  const troubles = new Troubles()
  const controls = new Controls(marketo, troubles)
  const server = createServer({ marketo, segment, troubles, controls })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    state: () => controls.state(),
    reset: (seed) => controls.reset(seed),
    setLimits: (limits) => controls.setLimits(limits),
    addFault: (fault) => controls.addFaults(fault),
    clearFaults: () => controls.clearFaults(),
    intrude: (endpoint, deed) => controls.intrude(endpoint, deed),
    removeField: (name) => controls.removeFields([name]),
    revoke: (permission) => controls.revoke([permission]),
    setSource: (source) => {
      segment.source = source
    },
    segmentEvents: segment.events,
    expireTokens: () => controls.expireTokens(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
