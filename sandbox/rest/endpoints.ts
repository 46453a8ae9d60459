import type { Permission } from '../state/permission-names'

/** How a call reports a skipped record. */
export type Skips = 'plainly' | 'withErrors' | 'withId' | 'withSeq' | 'withName'

/** Marketo's REST API, one row for each endpoint. Faults and usage have the same names. */
export interface EndpointRow {
  /** Method and path below `/rest`, sometimes several. `{id}` and `{name}` are variable parts: a handler gets them as `pathArgument`, as text. */
  at: readonly string[]
  /** Any one of these is enough. They come from Adobe's OpenAPI file. */
  needs: readonly Permission[]
  /**
   * `records`: the body is JSON with an `input` of records; `json`: it is JSON of another shape; `form`: it is a form;
   * `leadIds`: IDs in the query, or records in the body. Absent if the call has only a query.
   */
  takes?: 'records' | 'json' | 'form' | 'leadIds'
  /** How many records a call may have, if it is not the usual 300. */
  most?: number
  /** `records`: a `result` with an entry for each record of the call; `one`: with one for all; `list`: any other `result`; `nothing`: none. */
  gives: 'records' | 'one' | 'list' | 'nothing'
  /** How the answer reports a skipped record. Usually `plainly`. */
  skips?: Skips
}

const READ_LEADS = ['Read-Only Lead', 'Read-Write Lead'] as const
const WRITE_LEADS = ['Read-Write Lead'] as const
const READ_ASSETS = ['Read-Only Assets', 'Read-Write Assets'] as const
const READ_CAMPAIGNS = ['Read-Only Campaign', 'Read-Write Campaign'] as const
const READ_OBJECTS = ['Read-Only Custom Object', 'Read-Write Custom Object'] as const
const WRITE_OBJECTS = ['Read-Write Custom Object'] as const
const SCHEMA = ['Read-Write Schema Standard Field', 'Read-Write Schema Custom Field'] as const
const WRITE_ASSETS = ['Read-Write Assets'] as const
const READ_ACTIVITIES = ['Read-Only Activity'] as const
const READ_ACTIVITY_TYPES = ['Read-Only Activity Metadata', 'Read-Write Activity Metadata'] as const
const WRITE_ACTIVITY_TYPES = ['Read-Write Activity Metadata'] as const

export const ENDPOINTS = {
  syncLeads: { at: ['POST /v1/leads.json'], needs: WRITE_LEADS, takes: 'records', gives: 'records' },
  getLeads: { at: ['GET /v1/leads.json'], needs: READ_LEADS, gives: 'list' },
  deleteLeads: {
    at: ['POST /v1/leads/delete.json', 'DELETE /v1/leads/delete.json', 'DELETE /v1/leads.json'],
    needs: WRITE_LEADS,
    takes: 'records',
    gives: 'records'
  },
  describeLeads: { at: ['GET /v1/leads/describe2.json'], needs: READ_LEADS, gives: 'list' },
  associateLead: { at: ['POST /v1/leads/{id}/associate.json'], needs: WRITE_LEADS, gives: 'nothing' },
  addActivities: {
    at: ['POST /v1/activities/external.json'],
    needs: ['Read-Write Activity'],
    takes: 'records',
    gives: 'records',
    skips: 'withErrors'
  },
  pagingToken: { at: ['GET /v1/activities/pagingtoken.json'], needs: READ_ACTIVITIES, gives: 'nothing' },
  leadActivities: { at: ['GET /v1/activities.json'], needs: READ_ACTIVITIES, gives: 'list' },
  activityTypes: { at: ['GET /v1/activities/external/types.json'], needs: READ_ACTIVITY_TYPES, gives: 'list' },
  activityType: {
    at: ['GET /v1/activities/external/type/{name}/describe.json'],
    needs: READ_ACTIVITY_TYPES,
    gives: 'list'
  },
  createActivityType: {
    at: ['POST /v1/activities/external/type.json'],
    needs: WRITE_ACTIVITY_TYPES,
    takes: 'json',
    gives: 'one'
  },
  createActivityAttributes: {
    at: ['POST /v1/activities/external/type/{name}/attributes/create.json'],
    needs: WRITE_ACTIVITY_TYPES,
    takes: 'json',
    gives: 'one'
  },
  approveActivityType: {
    at: ['POST /v1/activities/external/type/{name}/approve.json'],
    needs: WRITE_ACTIVITY_TYPES,
    gives: 'one'
  },
  usage: { at: ['GET /v1/stats/usage.json', 'GET /v1/stats/usage/last7days.json'], needs: [], gives: 'list' },

  getLists: { at: ['GET /v1/lists.json'], needs: READ_LEADS, gives: 'list' },
  getList: { at: ['GET /v1/lists/{id}.json'], needs: READ_LEADS, gives: 'list' },
  addToList: {
    at: ['POST /v1/lists/{id}/leads.json'],
    needs: WRITE_LEADS,
    takes: 'leadIds',
    gives: 'records',
    skips: 'withId'
  },
  removeFromList: {
    at: ['DELETE /v1/lists/{id}/leads.json'],
    needs: WRITE_LEADS,
    takes: 'leadIds',
    gives: 'records',
    skips: 'withId'
  },
  memberOfList: {
    at: ['GET /v1/lists/{id}/leads/ismember.json'],
    needs: WRITE_LEADS,
    takes: 'leadIds',
    gives: 'records',
    skips: 'withId'
  },
  getListMembers: { at: ['GET /v1/lists/{id}/leads.json'], needs: READ_LEADS, gives: 'list' },
  browseLists: { at: ['GET /asset/v1/staticLists.json'], needs: READ_ASSETS, gives: 'list' },
  listByName: { at: ['GET /asset/v1/staticList/byName.json'], needs: READ_ASSETS, gives: 'list' },
  listById: { at: ['GET /asset/v1/staticList/{id}.json'], needs: READ_ASSETS, gives: 'list' },
  createList: { at: ['POST /asset/v1/staticLists.json'], needs: WRITE_ASSETS, takes: 'form', gives: 'one' },
  folderByName: { at: ['GET /asset/v1/folder/byName.json'], needs: READ_ASSETS, gives: 'list' },
  browseFolders: { at: ['GET /asset/v1/folders.json'], needs: READ_ASSETS, gives: 'list' },

  getCampaigns: { at: ['GET /v1/campaigns.json'], needs: READ_CAMPAIGNS, gives: 'list' },
  requestCampaign: {
    at: ['POST /v1/campaigns/{id}/trigger.json'],
    needs: ['Execute Campaign'],
    takes: 'json',
    gives: 'one'
  },
  smartCampaigns: { at: ['GET /asset/v1/smartCampaigns.json'], needs: READ_ASSETS, gives: 'list' },
  smartCampaign: { at: ['GET /asset/v1/smartCampaign/{id}.json'], needs: READ_ASSETS, gives: 'list' },

  customObjects: { at: ['GET /v1/customobjects.json'], needs: READ_OBJECTS, gives: 'list' },
  getCustomObjects: {
    at: ['GET /v1/customobjects/{name}.json'],
    needs: READ_OBJECTS,
    takes: 'json',
    gives: 'list'
  },
  describeCustomObject: { at: ['GET /v1/customobjects/{name}/describe.json'], needs: READ_OBJECTS, gives: 'list' },
  syncCustomObjects: {
    at: ['POST /v1/customobjects/{name}.json'],
    needs: WRITE_OBJECTS,
    takes: 'records',
    gives: 'records',
    skips: 'withSeq'
  },
  deleteCustomObjects: {
    at: ['POST /v1/customobjects/{name}/delete.json'],
    needs: WRITE_OBJECTS,
    takes: 'records',
    gives: 'records',
    skips: 'withSeq'
  },

  browsePrograms: { at: ['GET /asset/v1/programs.json'], needs: READ_ASSETS, gives: 'list' },
  programById: { at: ['GET /asset/v1/program/{id}.json'], needs: READ_ASSETS, gives: 'list' },
  programByName: { at: ['GET /asset/v1/program/byName.json'], needs: READ_ASSETS, gives: 'list' },
  browseChannels: { at: ['GET /asset/v1/channels.json'], needs: READ_ASSETS, gives: 'list' },
  channelByName: { at: ['GET /asset/v1/channel/byName.json'], needs: READ_ASSETS, gives: 'list' },
  setProgramStatus: {
    at: ['POST /v1/programs/{id}/members/status.json'],
    needs: WRITE_LEADS,
    takes: 'records',
    gives: 'records',
    skips: 'withSeq'
  },
  describeProgramMembers: { at: ['GET /v1/programs/members/describe.json'], needs: READ_LEADS, gives: 'list' },
  getProgramMembers: { at: ['GET /v1/programs/{id}/members.json'], needs: READ_LEADS, gives: 'list' },
  syncProgramMembers: {
    at: ['POST /v1/programs/{id}/members.json'],
    needs: WRITE_LEADS,
    takes: 'records',
    gives: 'records',
    skips: 'withSeq'
  },
  deleteProgramMembers: {
    at: ['POST /v1/programs/{id}/members/delete.json'],
    needs: WRITE_LEADS,
    takes: 'records',
    gives: 'records',
    skips: 'withSeq'
  },

  browseForms: { at: ['GET /asset/v1/forms.json'], needs: READ_ASSETS, gives: 'list' },
  formById: { at: ['GET /asset/v1/form/{id}.json'], needs: READ_ASSETS, gives: 'list' },
  formFields: { at: ['GET /asset/v1/form/{id}/fields.json'], needs: READ_ASSETS, gives: 'list' },
  submitForm: {
    at: ['POST /v1/leads/submitForm.json'],
    needs: WRITE_LEADS,
    takes: 'records',
    most: 1,
    gives: 'records'
  },
  describeLeadsV1: { at: ['GET /v1/leads/describe.json'], needs: READ_LEADS, gives: 'list' },

  mergeLeads: { at: ['POST /v1/leads/{id}/merge.json'], needs: WRITE_LEADS, gives: 'nothing' },
  getPartitions: { at: ['GET /v1/leads/partitions.json'], needs: READ_LEADS, gives: 'list' },

  createLeadFields: {
    at: ['POST /v1/leads/schema/fields.json'],
    needs: ['Read-Write Schema Custom Field'],
    takes: 'records',
    gives: 'records',
    skips: 'withName'
  },
  getLeadFields: { at: ['GET /v1/leads/schema/fields.json'], needs: SCHEMA, gives: 'list' },
  getLeadField: { at: ['GET /v1/leads/schema/fields/{name}.json'], needs: SCHEMA, gives: 'list' }
} as const satisfies Record<string, EndpointRow>

export type RestEndpoint = keyof typeof ENDPOINTS
