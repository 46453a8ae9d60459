import { ApiError } from './errors'
import type { LeadDatabase } from './leads'
import type { Click, Lead, Visit } from './shapes'

/** `_mch-<domain>-<13-digit ms>-<5 digits>`, or since 2024 `_mch-<domain>-<32 hex digits>` */
const COOKIE = /^(?:id:([^&]+)&)?token:(_mch-[\w.-]+-(?:\d{13}-\d{5}|[0-9a-f]{32}))$/i

/** Munchkin: page visits, each under its visitor's token, and the leads that the tokens belong to. */
export class WebTracking {
  readonly visits: Visit[] = []
  readonly clicks: Click[] = []
  private readonly anonymous = new Map<string, Visit[]>()

  constructor(
    private readonly munchkinId: string,
    private readonly leads: LeadDatabase,
    private readonly now: () => number
  ) {}

  /** Marketo answers every beacon the same way, and keeps those with a token that are meant for this instance. */
  record(beacon: URLSearchParams, userAgent: string): void {
    const params = Object.fromEntries(beacon)
    const { _mchTk: token, _mchId: munchkinId = '', _mchNc: sentAt } = params
    if (!token || munchkinId.toUpperCase() !== this.munchkinId) return
    const leadId = this.leads.owner(token)?.id ?? null
    const visitedAt = new Date(/^\d{13}$/.test(sentAt) ? Number(sentAt) : this.now()).toISOString()
    const visit = { leadId, token, url: urlOf(params), params, userAgent, visitedAt }
    this.visits.push(visit)
    if (leadId !== null) return
    const visits = this.anonymous.get(token)
    if (visits) visits.push(visit)
    else this.anonymous.set(token, [visit])
  }

  /** Moves one lead's visits to another. */
  move(from: number, to: number): void {
    for (const visit of this.visits) if (visit.leadId === from) visit.leadId = to
  }

  recordClick(beacon: URLSearchParams): void {
    const token = beacon.get('_mchTk')
    if (!token || beacon.get('_mchId')?.toUpperCase() !== this.munchkinId) return
    this.clicks.push({ token, url: beacon.get('_mchHr') ?? '' })
  }

  /** The token in a `_mkto_trk` cookie, or alone. */
  tokenIn(cookie: string): string {
    const [, munchkinId = this.munchkinId, token] = COOKIE.exec(cookie.replace(/^_mch-/, 'token:$&')) ?? []
    if (token === undefined || munchkinId.toUpperCase() !== this.munchkinId) throw new ApiError('1012', cookie)
    return token
  }

  /** Gives anonymous visits to the lead. Another lead's visits under the token stay with that lead. */
  associate(leadId: number, cookie: string): void {
    const lead = this.leads.get(leadId)
    if (!lead) throw new ApiError('1004')
    this.give(this.tokenIn(cookie), lead)
  }

  /** Ties a token to a lead, which gets its anonymous visits. */
  give(token: string, lead: Lead): void {
    this.leads.tie(token, lead)
    for (const visit of this.anonymous.get(token) ?? []) visit.leadId = lead.id
    this.anonymous.delete(token)
  }
}

function urlOf(params: Record<string, string | undefined>): string {
  const { _mchPc = '', _mchHo, _mchPo, _mchRu = '', _mchQp, _mchHa = '' } = params
  const origin = _mchHo ? `${_mchPc}//${_mchHo}${_mchPo ? `:${_mchPo}` : ''}` : ''
  return `${origin}${_mchRu}${_mchQp ? `?${_mchQp.replace(/__-__/g, '&')}` : ''}${_mchHa}`
}
