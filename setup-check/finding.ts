/** What a finding is about, by its name, and what to do about it in Marketo or in the mapping. */
export const REMEDIES = {
  settings: 'Correct the settings of the destination.',
  permission: "Give the API user's role this permission in Admin > Users & Roles > Roles > Access API.",
  'key-field': 'In Marketo, go to Admin > Field Management > New Custom Field, and create it with type String.',
  'lead-field-missing': 'Compare the name with Admin > Field Management > Export Field Names (column REST API Name).',
  'lead-field-read-only': 'Marketo sets it itself: map another field.',
  'lead-field-type': "Map a value of the field's type, or another field.",
  'lookup-field': 'Choose a Lookup Field that is searchable, or Automatic.',
  partition: 'Enter a name from Admin > Workspaces & Partitions, or leave Partition Name empty.',
  'activity-type-unset': 'Choose a custom activity for Activity Type ID, or create one when you save the mapping.',
  'activity-type-missing': 'Choose an activity that Admin > Marketo Custom Activities has.',
  'activity-type-draft': 'Approve it in Admin > Marketo Custom Activities.',
  'attribute-missing': 'Compare the API name with Admin > Marketo Custom Activities > Fields.',
  'attribute-type': "Map a value of the attribute's type, as shown in Admin > Marketo Custom Activities > Fields.",
  'list-missing':
    "Enter the number after #ST in the list's URL. For an audience, remove it from the destination and add it again.",
  'campaign-missing': 'Choose one of the campaigns that are offered for Campaign ID.',
  'campaign-inactive': 'Activate it on its Schedule tab in Marketo.',
  'campaign-not-requestable':
    'Add the trigger "Campaign is Requested" with the source Web Service API to its smart list.',
  'program-missing': 'Choose one of the programs that are offered for Program ID.',
  'status-missing': "Choose one of the statuses of the program's channel (Admin > Tags > Channel).",
  'member-field-missing': 'Choose one of the fields that are offered for Member Fields.',
  'member-field-read-only': 'Marketo sets it itself: map another field.',
  'member-field-type': "Map a value of the field's type, or another field.",
  'form-missing': 'Choose one of the forms that are offered for Form ID.',
  'form-draft': 'Approve the form in Marketo.',
  'form-field-missing': 'Add the field to the form and approve it, or leave it out of Form Fields.',
  'form-field-required': 'Map it under Form Fields, or make it optional in the form.',
  'object-missing': 'Compare the API name with Admin > Marketo Custom Objects, and approve the object.',
  'object-field-missing': 'Compare the name with Admin > Marketo Custom Objects > Fields.',
  'object-field-type': "Map a value of the field's type, as shown in Admin > Marketo Custom Objects > Fields.",
  'dedupe-field-unmapped': 'Map a value to it under Fields: it identifies the record.',
  'required-field-unmapped': 'Map it in the mapping.',
  'from-event': 'Each event brings its own value, so send a test event to see whether it fits.',
  unread: 'Try the check again later.',
  quota: 'All integrations of the instance share the quota (Admin > Web Services).'
} as const

export type FindingName = keyof typeof REMEDIES

/** Names that are no fault: what could not be known, and what is only told. */
const OTHERWISE: Partial<Record<FindingName, 'unknown' | 'note'>> = {
  'from-event': 'unknown',
  unread: 'unknown',
  quota: 'note'
}

/** Something that the check found. */
export interface Finding {
  name: FindingName
  /** `unknown`: it could not be checked. `note`: it is no fault. */
  level: 'fault' | 'unknown' | 'note'
  /** The mapping that it is about; absent for the connection as a whole. */
  mapping?: string
  /** What was found, and what to do, in sentences. */
  message: string
}

/** A finding without its mapping. */
export type Found = Omit<Finding, 'mapping'>

export const found = (name: FindingName, what: string): Found => ({
  name,
  level: OTHERWISE[name] ?? 'fault',
  message: `${what} ${REMEDIES[name]}`
})
