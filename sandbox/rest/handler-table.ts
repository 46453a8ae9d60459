import type { Marketo } from '../state/marketo'
import { addActivities } from './handlers/add-activities'
import { approveActivityType, createActivityAttributes, createActivityType } from './handlers/change-activity-types'
import { associateLead } from './handlers/associate-lead'
import type { ReceivedCall } from './call'
import { createList, browseLists, listById, listByName } from './handlers/static-list-assets'
import { browseFolders, folderByName } from './handlers/folder-assets'
import { getList, getLists } from './handlers/get-lists'
import { addToList, getListMembers, memberOfList, removeFromList } from './handlers/list-members'
import { deleteLeads } from './handlers/delete-leads'
import { describeActivityType } from './handlers/describe-activity-type'
import { describeLeads } from './handlers/describe-leads'
import type { RestEndpoint } from './endpoints'
import { getCampaigns } from './handlers/get-campaigns'
import { smartCampaign, smartCampaigns } from './handlers/campaign-assets'
import { requestCampaign } from './handlers/request-campaign'
import { describeCustomObject, listCustomObjects } from './handlers/custom-object-types'
import { getCustomObjects } from './handlers/get-custom-objects'
import { deleteCustomObjects } from './handlers/delete-custom-objects'
import { syncCustomObjects } from './handlers/sync-custom-objects'
import { browseChannels, browsePrograms, channelByName, programById, programByName } from './handlers/program-assets'
import { deleteProgramMembers, setProgramStatus } from './handlers/program-members'
import { describeProgramMembers, getProgramMembers, syncProgramMembers } from './handlers/member-fields'
import { describeLeadsV1 } from './handlers/describe-leads-v1'
import { browseForms, formById, formFields } from './handlers/form-assets'
import { submitForm } from './handlers/submit-form'
import { getPartitions } from './handlers/get-partitions'
import { mergeLeads } from './handlers/merge-leads'
import { createLeadFields, getLeadField, getLeadFields } from './handlers/lead-field-schema'
import { leadActivities, pagingToken } from './handlers/activity-log'
import { getActivityTypes } from './handlers/get-activity-types'
import { getLeads } from './handlers/get-leads'
import { getUsage } from './handlers/get-usage'
import { syncLeads } from './handlers/sync-leads'

/** The part of Marketo's envelope that a handler fills. */
export interface Result {
  result?: unknown[]
  nextPageToken?: string
  moreResult?: boolean
  warnings?: string[]
}

/** @throws ApiError if the whole call is refused */
type Handler = (marketo: Marketo, call: ReceivedCall) => Result

/** The compiler checks that each endpoint has a handler. */
export const HANDLERS: Record<RestEndpoint, Handler> = {
  syncLeads,
  getLeads,
  deleteLeads,
  describeLeads,
  associateLead,
  addActivities,
  pagingToken,
  leadActivities,
  activityTypes: getActivityTypes,
  activityType: describeActivityType,
  createActivityType,
  createActivityAttributes,
  approveActivityType,
  usage: getUsage,
  getLists,
  getList,
  addToList,
  removeFromList,
  memberOfList,
  getListMembers,
  browseLists,
  listByName,
  listById,
  createList,
  folderByName,
  browseFolders,
  getCampaigns,
  requestCampaign,
  smartCampaigns,
  smartCampaign,
  customObjects: listCustomObjects,
  getCustomObjects,
  describeCustomObject,
  syncCustomObjects,
  deleteCustomObjects,
  browsePrograms,
  programById,
  programByName,
  browseChannels,
  channelByName,
  setProgramStatus,
  describeProgramMembers,
  getProgramMembers,
  syncProgramMembers,
  deleteProgramMembers,
  browseForms,
  formById,
  formFields,
  submitForm,
  describeLeadsV1,
  mergeLeads,
  getPartitions,
  createLeadFields,
  getLeadFields,
  getLeadField
}
