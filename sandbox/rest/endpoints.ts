/** What Marketo's REST API has: one row for each endpoint. A row's name is also that of its faults and of its usage. */
export interface EndpointRow {
  /** Method and path below `/rest`, of which there may be several. `{id}` and `{name}` stand for a part that varies. */
  at: readonly string[]
  /** `records`: the body is JSON with an `input` of records. Absent: there is nothing beside the query. */
  takes?: 'records'
  /** `records`: a `result` with an entry for each record of the call; `list`: any other `result`; `nothing`: none. */
  gives: 'records' | 'list' | 'nothing'
  /** Where a skipped record has its reasons. */
  reasonsIn?: 'errors'
}

export const ENDPOINTS = {
  syncLeads: { at: ['POST /v1/leads.json'], takes: 'records', gives: 'records' },
  getLeads: { at: ['GET /v1/leads.json'], gives: 'list' },
  deleteLeads: {
    at: ['POST /v1/leads/delete.json', 'DELETE /v1/leads/delete.json', 'DELETE /v1/leads.json'],
    takes: 'records',
    gives: 'records'
  },
  describeLeads: { at: ['GET /v1/leads/describe2.json'], gives: 'list' },
  associateLead: { at: ['POST /v1/leads/{id}/associate.json'], gives: 'nothing' },
  addActivities: {
    at: ['POST /v1/activities/external.json'],
    takes: 'records',
    gives: 'records',
    reasonsIn: 'errors'
  },
  activityTypes: { at: ['GET /v1/activities/external/types.json'], gives: 'list' },
  activityType: { at: ['GET /v1/activities/external/type/{name}/describe.json'], gives: 'list' },
  usage: { at: ['GET /v1/stats/usage.json', 'GET /v1/stats/usage/last7days.json'], gives: 'list' }
} as const satisfies Record<string, EndpointRow>

export type RestEndpoint = keyof typeof ENDPOINTS
