/**
 * Marketo's standard lead fields: the REST API name, then the SOAP API name where it is not the same in another case, then
 * the label. Customers of the classic destination entered any of the three.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/list-of-standard-fields, and the version of it
 * that still had SOAP names (until 2026)
 */
const FIELDS: [restName: string, ...otherNames: string[]][] = [
  ['id', 'Marketo Lead ID', 'Lead ID'],
  ['email', 'Email Address'],
  ['firstName'],
  ['middleName'],
  ['lastName'],
  ['company', 'Company Name'],
  ['phone', 'Phone Number'],
  ['dateOfBirth'],
  ['gender', 'MarketoSocialGender', 'marketoSocialGender'],
  ['address'],
  ['city'],
  ['state'],
  ['country'],
  ['postalCode'],
  ['title', 'Job Title'],
  ['salutation'],
  ['department'],
  ['mobilePhone', 'Mobile Phone Number'],
  ['mainPhone'],
  ['fax', 'Fax Number'],
  ['website'],
  ['site'],
  ['industry'],
  ['annualRevenue'],
  ['numberOfEmployees', 'Num Employees'],
  ['sicCode', 'SIC Code'],
  ['rating', 'Lead Rating'],
  ['leadSource'],
  ['leadStatus'],
  ['leadScore'],
  ['leadRole', 'Role'],
  ['emailInvalid'],
  ['emailInvalidCause'],
  ['jigsawContactId', 'Marketo Jigsaw Contact Id', 'Marketo Data.com ID'],
  ['jigsawContactStatus', 'Marketo Jigsaw Contact Status', 'Marketo Data.com Status'],
  ['doNotCall'],
  ['doNotCallReason', 'Do Not Call Reason'],
  ['unsubscribed'],
  ['unsubscribedReason'],
  ['billingStreet', 'Billing Address'],
  ['billingCity'],
  ['billingState'],
  ['billingCountry'],
  ['billingPostalCode'],
  ['facebookDisplayName', 'MarketoSocialFacebookDisplayName'],
  ['facebookId', 'MarketoSocialFacebookId'],
  ['facebookPhotoURL', 'MarketoSocialFacebookPhotoURL'],
  ['facebookProfileURL', 'MarketoSocialFacebookProfileURL'],
  ['facebookReach', 'MarketoSocialFacebookReach'],
  ['linkedInDisplayName', 'MarketoSocialLinkedInDisplayName'],
  ['linkedInId', 'MarketoSocialLinkedInId'],
  ['linkedInPhotoURL', 'MarketoSocialLinkedInPhotoURL'],
  ['linkedInProfileURL', 'MarketoSocialLinkedInProfileURL'],
  ['linkedInReach', 'MarketoSocialLinkedInReach'],
  ['twitterDisplayName', 'MarketoSocialTwitterDisplayName'],
  ['twitterId', 'MarketoSocialTwitterId'],
  ['twitterPhotoURL', 'MarketoSocialTwitterPhotoURL'],
  ['twitterProfileURL', 'MarketoSocialTwitterProfileURL'],
  ['twitterReach', 'MarketoSocialTwitterReach'],
  ['userId'],
  ['anonymousId']
]

/** Marketo's counts of referrals, by network: "Marketo Social Facebook Referred Visits" is a label. */
const REFERRALS = ['facebook', 'linkedIn', 'twitter', 'total'].flatMap((network) =>
  ['Visits', 'Enrollments'].map((what) => `${network}Referred${what}`)
)
const SOCIAL = [...REFERRALS, 'lastReferredVisit', 'lastReferredEnrollment', 'syndicationId']

/** Fields that Marketo manages itself ("system managed"). Marketo refuses a whole record that sets one. */
const READ_ONLY = [
  ...['createdAt', 'updatedAt', 'cookies', 'leadPartitionId', 'anonymousIP', 'originalReferrer', 'isAnonymous'],
  ...['inferredCompany', 'inferredCountry', 'inferredCity', 'inferredStateRegion', 'inferredPostalCode'],
  ...['inferredMetropolitanArea', 'inferredPhoneAreaCode', 'priority', 'relativeScore', 'urgency'],
  ...SOCIAL.flatMap((name) => [name, `marketoSocial${name}`])
]

/** "Date of Birth", `DateofBirth` and `dateOfBirth` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

const REST_NAMES = new Map(
  FIELDS.flatMap(([restName, ...others]) => [restName, ...others].map((n) => [plain(n), restName]))
)
const KEPT_BY_MARKETO = new Set(READ_ONLY.map(plain))

/** @returns the REST API name of a standard field, given any of its names; undefined for a custom field */
export const standardFieldOf = (name: string): string | undefined => REST_NAMES.get(plain(name))

/** @returns whether Marketo alone writes this field */
export const isKeptByMarketo = (name: string): boolean => KEPT_BY_MARKETO.has(plain(name))

/** @returns whether this may be a name of the REST API, which has neither spaces nor signs; a label often has */
export const isRestName = (name: string): boolean => /^\w+$/.test(name)
