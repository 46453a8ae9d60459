import { REST, TIMEOUT_MS } from '../transport/call'
import type { RecordCall } from '../transport/call'
import { LATER, LEAD_GONE } from '../transport/errors'
import { LEADS_PER_CAMPAIGN_CALL, RECORDS_PER_CALL } from '../transport/limits'

const LEAD_FIELD = 'Admin > Field Management > Export Field Names (column REST API Name)'
const ACTIVITY_FIELD = 'Admin > Marketo Custom Activities > Fields'
const OBJECT_FIELD = 'Admin > Marketo Custom Objects > Fields'
const LIST_GONE =
  'Marketo has no static list with that ID: correct Static List ID. If an audience gave the ID, its list was deleted in Marketo: remove the audience from this destination and add it again, with an existing list or a Folder Name.'

/**
 * How most calls take records. Codes that may be about one record: 609 (unreadable), 1001 (wrong type), 1002 (a value is missing),
 * 1003 (a value isn't allowed), 1006 (no such field), 1036 (the same record twice).
 */
const RECORDS: Pick<RecordCall, 'method' | 'size' | 'shape' | 'oneRecordCodes'> = {
  method: 'POST',
  size: RECORDS_PER_CALL,
  shape: 'input',
  oneRecordCodes: ['609', '1001', '1002', '1003', '1006', '1036']
}

/** Records that are only an ID. Marketo never refuses a whole call for one of them. */
const IDS = { ...RECORDS, oneRecordCodes: [] }

const REQUEST_CAMPAIGN: RecordCall = {
  ...IDS,
  name: 'Request Campaign',
  path: `${REST}/campaigns/{id}/trigger.json`,
  size: LEADS_PER_CAMPAIGN_CALL,
  shape: 'input.leads',
  oneResult: true,
  withoutResult: true,
  // A lead that is gone.
  oneRecordCodes: ['1004'],
  permission: 'Execute Campaign',
  timeoutMs: TIMEOUT_MS.short,
  advice: {
    '1003': 'Choose a trigger campaign with the trigger "Campaign is Requested" and the source Web Service API.',
    '1004': LEAD_GONE,
    '1013': 'Marketo has no campaign with that ID: correct Campaign ID. The campaign must be active.'
  }
}

/**
 * The calls that take records.
 * Sources: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads and its neighbors
 * activities, static-lists, custom-objects and program-members;
 * https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/assets/smart-campaigns
 */
export const RECORD_CALLS = rows({
  syncLeads: {
    ...RECORDS,
    name: 'Sync Leads',
    path: `${REST}/leads.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.long,
    advice: {
      '1001': "Send a value of the field's type, as shown in Admin > Field Management.",
      '1004': 'Correct Marketo Lead ID, or choose a way to sync leads that creates them.',
      '1005': 'Choose a way to sync leads that updates them.',
      '1006': `Compare the name with ${LEAD_FIELD}.`,
      '1007': 'Merge the duplicate leads in Marketo, or set Lookup Field to Automatic.',
      '1010': 'The lead is in another partition: leave Partition Name empty, or map that one.',
      '1011': 'Choose a Lookup Field that is searchable (string, email or integer).'
    }
  },
  deleteLeads: {
    ...IDS,
    name: 'Delete Leads',
    path: `${REST}/leads/delete.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short
  },
  createLeadFields: {
    ...RECORDS,
    name: 'Create Lead Fields',
    path: `${REST}/leads/schema/fields.json`,
    permission: 'Read-Write Schema Custom Field',
    timeoutMs: TIMEOUT_MS.short
  },
  addActivities: {
    ...RECORDS,
    name: 'Add Custom Activities',
    path: `${REST}/activities/external.json`,
    permission: 'Read-Write Activity',
    timeoutMs: TIMEOUT_MS.long,
    cannotRepeat: true,
    advice: {
      '1001': `Send a value of the attribute's type, as shown in ${ACTIVITY_FIELD}.`,
      '1003': 'Correct the value that the message names, for example the Activity Type ID: the type must be approved.',
      '1004': LEAD_GONE,
      '1006': `Compare the name with ${ACTIVITY_FIELD}.`
    }
  },
  addToList: {
    ...IDS,
    name: 'Add to List',
    path: `${REST}/lists/{id}/leads.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short,
    advice: { '1004': LEAD_GONE, '1013': LIST_GONE }
  },
  removeFromList: {
    ...IDS,
    name: 'Remove from List',
    path: `${REST}/lists/{id}/leads.json`,
    method: 'DELETE',
    shape: 'query',
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short,
    // Not on the list.
    alreadySo: ['1015'],
    advice: { '1013': LIST_GONE }
  },
  requestCampaign: REQUEST_CAMPAIGN,
  requestCampaignWithTokens: {
    ...REQUEST_CAMPAIGN,
    advice: {
      ...REQUEST_CAMPAIGN.advice,
      '611': `${LATER} If it stays: Marketo takes no tokens for a campaign in a program that is nested in another program. Move the program out of the other one.`
    }
  },
  syncCustomObjects: {
    ...RECORDS,
    name: 'Sync Custom Objects',
    path: `${REST}/customobjects/{id}.json`,
    permission: 'Read-Write Custom Object',
    timeoutMs: TIMEOUT_MS.veryLong,
    advice: {
      '1001': `Send a value of the field's type, as shown in ${OBJECT_FIELD}.`,
      '1004':
        'Marketo has no lead with the value of the link field: correct it under Fields, or correct Marketo Lead ID, if you map it.',
      '1006': `Compare the name with ${OBJECT_FIELD}.`,
      '1013': 'Correct the dedupe fields, or choose a way to sync objects that creates records.',
      '1017': 'Choose a way to sync objects that updates records.'
    }
  },
  deleteCustomObjects: {
    ...RECORDS,
    name: 'Delete Custom Objects',
    path: `${REST}/customobjects/{id}/delete.json`,
    permission: 'Read-Write Custom Object',
    timeoutMs: TIMEOUT_MS.medium,
    // Not there.
    alreadySo: ['1013']
  },
  setProgramStatus: {
    ...IDS,
    name: 'Sync Program Member Status',
    path: `${REST}/programs/{id}/members/status.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short,
    // Already in the status, or past it.
    alreadySo: ['1037'],
    advice: {
      '1004': LEAD_GONE,
      '1013': 'Marketo has no program with that ID: correct Program ID.',
      '1025': "Choose one of the statuses of the program's channel (Admin > Tags > Channel)."
    }
  },
  syncProgramMembers: {
    ...RECORDS,
    name: 'Sync Program Member Data',
    path: `${REST}/programs/{id}/members.json`,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short,
    advice: {
      '1001': "Send a value of the field's type, as shown in Admin > Field Management.",
      '1003': 'Correct the value that the message names, or leave out a field that Marketo sets itself.',
      '1004': LEAD_GONE,
      '1006': 'Choose one of the fields that are offered for Member Fields.',
      '1013': 'The lead is not a member of the program: choose a status that makes it one.'
    }
  },
  submitForm: {
    ...RECORDS,
    name: 'Submit Form',
    path: `${REST}/leads/submitForm.json`,
    size: 1,
    cannotRepeat: true,
    permission: 'Read-Write Lead',
    timeoutMs: TIMEOUT_MS.short,
    advice: {
      '1006':
        'Form Fields names a field that the form does not have. Add the field to the form and approve it, or leave it out.',
      '1013': 'Marketo has no approved form, or no program, with that ID: correct Form ID or Program ID.'
    }
  }
})

function rows<Key extends string>(calls: Record<Key, RecordCall>): Record<Key, RecordCall> {
  return calls
}
