/**
 * The names under which a form takes Marketo's standard fields (their SOAP API names) differ from the REST API names that
 * customers map: by the first letter, by a prefix, or without a rule. Custom fields have one name for both.
 */
const CAPITALIZED =
  /^(address|annualRevenue|anonymousIP|billing(City|Country|PostalCode|State|Street)|city|company|country|department|doNotCall(Reason)?|emailInvalid(Cause)?|fax|firstName|industry|inferred(Company|Country)|lastName|lead(Role|Score|Source|Status)|mainPhone|marketoSocialGender|middleName|mkto(Company|Person)Notes|mobilePhone|numberOfEmployees|phone|postalCode|rating|salutation|site|state|title|unsubscribed(Reason)?|website)$/
const SOCIAL =
  /^((facebook|linkedIn|twitter)(DisplayName|Id|PhotoURL|ProfileURL|Reach|Referred(Enrollments|Visits))|lastReferred(Enrollment|Visit)|syndicationId|totalReferred(Enrollments|Visits))$/
const OTHERS = new Map([
  ['dateOfBirth', 'DateofBirth'],
  ['gender', 'MarketoSocialGender'],
  ['sicCode', 'SICCode']
])

/**
 * Identifiers have their own input fields. The others are values that the script sends besides the fields. A field with
 * such a name would change the form or the visitor.
 */
const RESERVED =
  /^(__.*|id|email|userid|anonymousid|formid|munchkinid|formvid|_mkt_trk|mkt_tok|_mktoreferrer|checksum(fields)?)$/i

/** @returns the form's name of a lead field; undefined if forms cannot have it */
export function formNameOf(restName: string): string | undefined {
  // A field without a proper name makes Marketo refuse the whole form.
  if (!/^\w+$/.test(restName) || RESERVED.test(restName)) return undefined
  const capitalized = restName[0].toUpperCase() + restName.slice(1)
  if (SOCIAL.test(restName)) return `MarketoSocial${capitalized}`
  return OTHERS.get(restName) ?? (CAPITALIZED.test(restName) ? capitalized : restName)
}
