import { ApiError } from './errors'
import type { Limits, UsageOf } from './shapes'

/** https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api */
export const MARKETO_LIMITS: Limits = {
  recordsPerCall: 300,
  bodyBytes: 1_048_576,
  uriBytes: 8_192,
  callsPerWindow: 100,
  windowMs: 20_000,
  concurrentCalls: 10,
  callsPerDay: 50_000,
  filterMatches: 1_000,
  tokenLifeSeconds: 3_600,
  assetsPerPage: 200,
  campaignLeads: 100,
  campaignTokens: 100,
  activityTypes: 10,
  activityAttributes: 20
}

/** Returns the input, or says what is wrong with it. */
export function checkedLimits(limits: object): Partial<Limits> {
  for (const [name, value] of Object.entries(limits) as [string, unknown][]) {
    if (!Object.keys(MARKETO_LIMITS).includes(name)) throw new TypeError(`there is no limit called ${name}`)
    if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${name} must be a number, 0 or more`)
  }
  return limits
}

/** Counts the REST calls of an instance and refuses those beyond its limits. */
export class Quota {
  readonly usage: UsageOf<string> = { total: 0, byEndpoint: {}, uncounted: { identity: 0, munchkin: 0 } }
  private underway = 0
  private admitted = 0
  /** When each of the last `callsPerWindow` calls was admitted, as a ring buffer. */
  private admittedAt: number[] = []

  constructor(private readonly limits: Limits, private readonly now: () => number) {}

  startWindow(): void {
    this.admitted = 0
    this.admittedAt = []
  }

  /** Begins a call. The returned function ends it. */
  begin(endpoint: string | undefined): () => void {
    const { callsPerDay, concurrentCalls, callsPerWindow, windowMs } = this.limits
    this.usage.total++
    if (endpoint) this.usage.byEndpoint[endpoint] = (this.usage.byEndpoint[endpoint] ?? 0) + 1

    if (this.usage.total > callsPerDay) throw new ApiError('607')
    if (this.underway >= concurrentCalls) throw new ApiError('615')
    const slot = this.admitted % callsPerWindow
    const windowFull = this.now() - (this.admittedAt[slot] ?? -Infinity) < windowMs
    if (windowFull || callsPerWindow === 0) throw new ApiError('606', callsPerWindow, windowMs / 1000)

    this.admittedAt[slot] = this.now()
    this.admitted++
    this.underway++
    return () => {
      this.underway--
    }
  }
}
