import { isIPv4 } from 'net'
import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLike, JSONLikeObject } from '@segment/actions-core'
import { emailIn } from '../leads/who/artifacts'
import { problemWithEmail } from '../segment/identity'
import { isEmpty, plainValues } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { fold } from '../leads/who/keys'

/** Whether a form field is the email, which has its own field in the mapping. */
export const isEmailField = (name: string): boolean => fold(name.trim()) === 'email'

/**
 * What a person has filled in.
 * @param leaveOut receives names that are not form fields
 * @throws PayloadValidationError without a valid email, and for a value that a field cannot hold
 */
export function leadFormFieldsOf({ email: mapped, formFields = {} }: Payload, leaveOut: LeaveOut): JSONLikeObject {
  const email = emailIn(mapped) ?? mapped.trim()
  if (email === '') throw new PayloadValidationError('Email is empty. Marketo takes a form only with an email address.')
  const problem = problemWithEmail(email)
  if (problem) throw new PayloadValidationError(problem)
  const isOther = (name: string) => {
    if (isEmailField(name)) leaveOut(`Form Fields > ${name}: map Email.`)
    return !isEmailField(name)
  }
  const others = [...plainValues(formFields, 'Form Fields', isOther)].filter(([, value]) => value !== null)
  return Object.fromEntries([['email', email], ...others])
}

/**
 * @param restNames REST API names of lead fields, by any spelling in lower case
 * @returns the submission with its fields by these names; the same one if it has no other. A field that is given twice keeps the value
 * under its REST API name
 */
export function inRestNames(submission: JSONLikeObject, restNames: ReadonlyMap<string, string>): JSONLikeObject {
  const given = Object.entries(submission.leadFormFields as JSONLikeObject)
  const renamed = given.map(([name, value]): [string, JSONLike] => [restNames.get(name.toLowerCase()) ?? name, value])
  if (renamed.every(([name], i) => name === given[i][0])) return submission
  return {
    ...submission,
    leadFormFields: Object.fromEntries([...renamed, ...given.filter(([name]) => isRestName(name))])
  }

  function isRestName(name: string): boolean {
    return restNames.get(name.toLowerCase()) === name
  }
}

/**
 * Where a form was filled in, and with what.
 * @param leaveOut receives values that Marketo would refuse
 * @returns undefined if the event says nothing about it
 */
export function visitorDataOf(payload: Payload, leaveOut: LeaveOut): JSONLikeObject | undefined {
  const page = pageOf(payload.pageUrl, leaveOut)
  const leadClientIpAddress = ipAddressOf(payload.ipAddress, leaveOut)
  const userAgentString = payload.userAgent?.trim()
  const visitorData = {
    ...(page && { pageURL: page.href }),
    ...(page && page.search.length > 1 && { queryString: page.search.slice(1) }),
    ...(leadClientIpAddress && { leadClientIpAddress }),
    ...(userAgentString && { userAgentString })
  }
  return isEmpty(visitorData) ? undefined : visitorData
}

function pageOf(pageUrl: string | undefined, leaveOut: LeaveOut): URL | undefined {
  if (pageUrl === undefined || isEmpty(pageUrl)) return undefined
  try {
    const url = new URL(pageUrl.trim())
    if (/^https?:$/.test(url.protocol)) return url
  } catch {
    // It is not a URL: see below.
  }
  leaveOut('Page URL: it is not a full address, with http:// or https://.')
  return undefined
}

/** With a port, and in the way in which servers with both kinds of addresses write IPv4 addresses: `[::ffff:203.0.113.7]:443`. */
const IPV4 = /^\[?(?:::ffff:)?([\d.]+)\]?(?::\d+)?$/i

function ipAddressOf(ipAddress: string | undefined, leaveOut: LeaveOut): string | undefined {
  if (ipAddress === undefined || isEmpty(ipAddress)) return undefined
  // A proxy adds its address behind those before it: the first is the visitor's.
  const [first] = ipAddress.split(',')
  const [, address] = IPV4.exec(first.trim()) ?? []
  if (address !== undefined && isIPv4(address)) return address
  leaveOut('IP Address: it is not an IPv4 address.')
  return undefined
}
