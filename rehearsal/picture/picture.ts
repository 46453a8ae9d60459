import { execute } from '../../sandbox/rest/answer'
import { readCall } from '../../sandbox/rest/call'
import { html, json, type Answer, type HttpCall } from '../../sandbox/rest/message'
import { routesTo, type Route } from '../../sandbox/rest/routes'
import type { ObjectType } from '../../sandbox/state/custom-object-types'
import { ApiError } from '../../sandbox/state/errors'
import { Marketo } from '../../sandbox/state/marketo'
import type { Asker } from '../wire/asker'
import { isOfLog, pageOfLog } from './activity-log'
import { BEFORE } from './before-calls'
import { Changes } from './changes'
import { Doubts } from './doubts'
import { KnownLeads } from './known-leads'
import { LeadFields } from './lead-fields'
import { Memberships } from './memberships'
import { Partitions } from './partitions'
import type { Parts } from './parts'
import { Setup } from './setup'

/** A Marketo without anything. */
const EMPTY = {
  leads: [],
  assets: 'none',
  setup: {
    ...{ fields: [], activityTypes: [], objectTypes: [], channels: [], memberFields: [], folders: [], forms: [] },
    partitions: []
  }
} as const

/** IDs of the stand-ins for leads that Marketo is too full of to show. */
const CROWD_ID = 2_147_000_000

/**
 * Marketo as it would be by now: an emptied sandbox takes every write, and what Marketo answers is laid under it. So how Marketo
 * decides is written once, in the sandbox.
 */
export class Picture implements Parts {
  readonly marketo: Marketo
  readonly doubts = new Doubts()
  readonly fields: LeadFields
  readonly partitions: Partitions
  readonly leads: KnownLeads
  readonly setup: Setup
  readonly memberships: Memberships
  readonly changes: Changes
  /** REST calls that were answered here instead of by Marketo. */
  withheld = 0
  private crowds = 0

  constructor(munchkinId: string) {
    this.marketo = new Marketo({ munchkinId, clientId: '', clientSecret: '', limits: {}, now: Date.now })
    this.marketo.reset({ ...EMPTY, leads: [] })
    this.fields = new LeadFields(this.marketo)
    this.partitions = new Partitions(this.marketo)
    this.leads = new KnownLeads(this.marketo, this.fields, this.partitions)
    this.setup = new Setup(this.marketo, this.fields, this.doubts)
    this.memberships = new Memberships(this.marketo, this.leads)
    this.changes = new Changes(this.marketo)
  }

  /** @returns the answer to a call; undefined if Marketo itself must answer it. @throws Refused, NoReply */
  async answer(http: HttpCall, ask: Asker): Promise<Answer | undefined> {
    const method = http.params.get('_method') ?? http.method
    const route = routesTo(http.path).find((candidate) => candidate.method === method)
    const before = route && BEFORE[route.endpoint]
    if (method === 'GET' && isOfLog(http)) return pageOfLog(this, http, ask)
    if (method === 'GET' && !before) return undefined
    if (method !== 'GET') this.withheld++
    const { limits } = this.marketo
    if (http.url.length > limits.uriBytes) return html(414)
    if (http.body.length > limits.bodyBytes) return html(413)
    if (!route || !before) return UNFORESEEN
    const note = await this.prepare(route, http, ask)
    const answer = execute(this.marketo, route, http)
    const { success, result } = JSON.parse(answer.body) as { success?: boolean; result?: unknown }
    if (success === true) note(result)
    return answer
  }

  crowd(field: string, value: string): void {
    const { leads, partitions } = this.marketo
    const at = new Date(0).toISOString()
    for (const id of [CROWD_ID + this.crowds, CROWD_ID + this.crowds + 1]) {
      const standIn = leads.adopt({
        ...{ id, createdAt: at, updatedAt: at, partition: partitions[0], fields: {}, cookies: [] }
      })
      leads.fill(standIn, { [field]: value })
    }
    this.crowds += 2
  }

  /** Reads whose the visits are under tokens that nobody asked about. @throws Refused, NoReply */
  async knowVisitors(ask: Asker): Promise<void> {
    const { tracking, munchkinId } = this.marketo
    const tokens = new Set(tracking.visits.flatMap(({ leadId, token }) => (leadId === null ? [token] : [])))
    if (tokens.size === 0) return
    await this.fields.know(ask)
    const cookies = [...tokens].map((token) => `id:${munchkinId}&token:${token}`)
    await this.leads.byValues(ask, 'cookies', cookies)
  }

  objectType(name: string): ObjectType | undefined {
    return this.marketo.customObjects.types().find((type) => type.name === name)
  }

  /** Reads what Marketo would decide by. @returns what notes the changes of the call */
  private async prepare(route: Route, http: HttpCall, ask: Asker): Promise<(result: unknown) => void> {
    try {
      const call = readCall(http, route, this.marketo.limits)
      await BEFORE[route.endpoint]?.(this, ask, call)
      const note = this.changes.watch(route.endpoint, call)
      if (route.endpoint !== 'mergeLeads') return note
      const ids = call.params.getAll('leadIds').flatMap((text) => text.split(','))
      return () => this.leads.take(Number(call.pathArgument), ids.map(Number))
    } catch (error) {
      // The sandbox refuses the call for the same reason.
      if (error instanceof ApiError) return () => undefined
      throw error
    }
  }
}

const UNFORESEEN = json({
  success: false,
  requestId: 'rehearsal',
  errors: [{ code: '605', message: 'A rehearsal does not foresee this call' }]
})
