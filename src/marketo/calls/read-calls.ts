import { ASSET, REST, TIMEOUT_MS } from '../transport/call'
import type { Call } from '../transport/call'

/** Asset calls answer without a `result` if they find nothing. */
const FOUND: Pick<Call, 'withoutResult' | 'permission' | 'timeoutMs'> = {
  withoutResult: true,
  permission: 'Read-Only Assets',
  timeoutMs: TIMEOUT_MS.short
}

/** Calls that read the activity log. */
const ACTIVITY_LOG: Pick<Call, 'permission' | 'timeoutMs' | 'alwaysHasToken'> = {
  permission: 'Read-Only Activity',
  timeoutMs: TIMEOUT_MS.short,
  alwaysHasToken: true
}

/** Calls that change custom activity types. */
const ACTIVITY_TYPES: Pick<Call, 'permission' | 'timeoutMs'> = {
  permission: 'Read-Write Activity Metadata',
  timeoutMs: TIMEOUT_MS.short
}
const TYPE_TAKEN =
  'Compare the names with Admin > Marketo Custom Activities, where other activities may have them, and enter another Type Name.'

/** The calls that read, or that do one thing at a time. */
export const READ_CALLS = rows({
  getLeads: {
    name: 'Get Leads',
    path: `${REST}/leads.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.medium,
    advice: {
      '1003': 'If more than 1,000 leads match a value, merge them in Marketo.',
      '1006': 'Create the custom field that the message names: New Custom Field in Admin > Field Management.'
    }
  },
  describeLeads: {
    name: 'Describe Lead',
    path: `${REST}/leads/describe2.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  describeLeadNames: {
    name: 'Describe Lead',
    path: `${REST}/leads/describe.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  associateLead: {
    name: 'Associate Lead',
    path: `${REST}/leads/{id}/associate.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.medium,
    withoutResult: true
  },
  mergeLeads: {
    name: 'Merge Leads',
    path: `${REST}/leads/{id}/merge.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.merge,
    isSlow: true,
    withoutResult: true
  },
  activityTypes: {
    name: 'Get Custom Activity Types',
    path: `${REST}/activities/external/types.json`,
    permission: 'Read-Only Activity Metadata',
    timeoutMs: TIMEOUT_MS.short
  },
  activityType: {
    name: 'Describe Custom Activity Type',
    path: `${REST}/activities/external/type/{id}/describe.json`,
    permission: 'Read-Only Activity Metadata',
    timeoutMs: TIMEOUT_MS.short
  },
  createActivityType: {
    ...ACTIVITY_TYPES,
    name: 'Create Custom Activity Type',
    path: `${REST}/activities/external/type.json`,
    advice: { '709': TYPE_TAKEN, '1003': TYPE_TAKEN, '1017': TYPE_TAKEN }
  },
  createActivityAttributes: {
    ...ACTIVITY_TYPES,
    name: 'Create Custom Activity Type Attributes',
    path: `${REST}/activities/external/type/{id}/attributes/create.json`
  },
  approveActivityType: {
    ...ACTIVITY_TYPES,
    name: 'Approve Custom Activity Type',
    path: `${REST}/activities/external/type/{id}/approve.json`
  },
  pagingToken: {
    ...ACTIVITY_LOG,
    name: 'Get Paging Token',
    path: `${REST}/activities/pagingtoken.json`
  },
  leadActivities: {
    ...ACTIVITY_LOG,
    name: 'Get Lead Activities',
    path: `${REST}/activities.json`
  },
  lists: {
    name: 'Get Lists',
    path: `${REST}/lists.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  list: {
    name: 'Get List',
    path: `${REST}/lists/{id}.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  campaigns: {
    name: 'Get Campaigns',
    path: `${REST}/campaigns.json`,
    permission: 'Read-Only Campaign',
    timeoutMs: TIMEOUT_MS.short
  },
  customObjects: {
    name: 'List Custom Objects',
    path: `${REST}/customobjects.json`,
    permission: 'Read-Only Custom Object',
    timeoutMs: TIMEOUT_MS.short
  },
  customObject: {
    name: 'Describe Custom Object',
    path: `${REST}/customobjects/{id}/describe.json`,
    permission: 'Read-Only Custom Object',
    timeoutMs: TIMEOUT_MS.short,
    advice: { '1013': 'Marketo has no custom object with that name: correct Custom Object, and approve it in Marketo.' }
  },
  folderByName: { ...FOUND, name: 'Get Folder by Name', path: `${ASSET}/folder/byName.json` },
  staticListByName: { ...FOUND, name: 'Get Static List by Name', path: `${ASSET}/staticList/byName.json` },
  createStaticList: {
    ...FOUND,
    name: 'Create Static List',
    path: `${ASSET}/staticLists.json`,
    permission: 'Read-Write Assets',
    advice: {
      '709':
        'Names of static lists are unique in Marketo. If this one is taken, choose another name, or enter the ID of that list.',
      '711': 'That folder cannot hold static lists: choose another one for Folder Name.'
    }
  },
  programs: { ...FOUND, name: 'Get Programs', path: `${ASSET}/programs.json` },
  program: { ...FOUND, name: 'Get Program', path: `${ASSET}/program/{id}.json` },
  channelByName: { ...FOUND, name: 'Get Channel by Name', path: `${ASSET}/channel/byName.json` },
  programMember: {
    name: 'Describe Program Member',
    path: `${REST}/programs/members/describe.json`,
    permission: 'Read-Only Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  forms: { ...FOUND, name: 'Get Forms', path: `${ASSET}/forms.json` },
  formFields: { ...FOUND, name: 'Get Form Fields', path: `${ASSET}/form/{id}/fields.json` }
})

function rows<Key extends string>(calls: Record<Key, Call>): Record<Key, Call> {
  return calls
}
