import { capitalized, TRAIT_NAMES } from './shared/traits'

/**
 * The names under which a form takes Marketo's standard fields (their SOAP API names) differ from the REST API names that
 * customers map: by the first letter, by a prefix, or without a rule. Custom fields have one name for both.
 */
const CAPITALIZED =
  /^(annualRevenue|anonymousIP|billing(City|Country|PostalCode|State|Street)|department|doNotCall(Reason)?|emailInvalid(Cause)?|fax|industry|inferred(Company|Country)|lead(Role|Score|Source|Status)|mainPhone|marketoSocialGender|middleName|mkto(Company|Person)Notes|mobilePhone|numberOfEmployees|rating|salutation|site|title|unsubscribed(Reason)?|website)$/
const SOCIAL =
  /^((facebook|linkedIn|twitter)(DisplayName|Id|PhotoURL|ProfileURL|Reach|Referred(Enrollments|Visits))|lastReferred(Enrollment|Visit)|syndicationId|totalReferred(Enrollments|Visits))$/
const OTHERS = [...Object.values(TRAIT_NAMES), { rest: 'sicCode', form: 'SICCode' }]

/**
 * Identifiers have their own input fields. The others are values that the script sends besides the fields. A field with
 * such a name would change the form or the visitor.
 */
const RESERVED =
  /^(id|email|userid|anonymousid|formid|munchkinid|formvid|_mkt_trk|mkt_tok|_mktoreferrer|checksum(fields)?)$/i

/** @returns the form's name of a lead field; undefined if forms cannot have it */
export function formNameOf(restName: string): string | undefined {
  // A field without a proper name makes Marketo refuse the whole form.
  if (!/^\w+$/.test(restName) || RESERVED.test(restName)) return undefined
  if (SOCIAL.test(restName)) return `MarketoSocial${capitalized(restName)}`
  return (
    OTHERS.find(({ rest }) => rest === restName)?.form ??
    (CAPITALIZED.test(restName) ? capitalized(restName) : restName)
  )
}
