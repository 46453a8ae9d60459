import type { Attribute } from '../../state/activity-types'
import { ApiError } from '../../state/errors'
import type { DataType } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import { isObject, type ReceivedCall } from '../call'
import { shownType } from './describe-activity-type'

const ATTRIBUTE_TYPES: readonly DataType[] = [
  ...(['string', 'boolean', 'integer', 'float', 'link', 'email'] as const),
  ...(['currency', 'date', 'datetime', 'phone', 'text'] as const)
]

/** Create Custom Activity Type: makes a draft without attributes. */
export function createActivityType({ activityTypes }: Marketo, { body }: ReceivedCall) {
  const { description } = body
  const type = activityTypes.create({
    apiName: apiNameIn(body),
    name: nameIn(body, 'name'),
    triggerName: nameIn(body, 'triggerName'),
    filterName: nameIn(body, 'filterName'),
    description: typeof description === 'string' ? description : '',
    primaryAttribute: { ...attributeIn(body.primaryAttribute), dataType: 'string' }
  })
  return { result: [shownType(type, true)] }
}

/** Create Custom Activity Type Attributes: they belong to the draft until it is approved. */
export function createActivityAttributes({ activityTypes }: Marketo, { pathArgument, body }: ReceivedCall) {
  const { attributes } = body
  if (!Array.isArray(attributes) || attributes.length === 0) throw new ApiError('1002', 'attributes')
  return { result: [shownType(activityTypes.addAttributes(pathArgument, attributes.map(attributeIn)), true)] }
}

/** Approve Custom Activity Type */
export function approveActivityType({ activityTypes }: Marketo, { pathArgument }: ReceivedCall) {
  return { result: [shownType(activityTypes.approve(pathArgument), false)] }
}

function attributeIn(given: unknown): Attribute {
  if (!isObject(given)) throw new ApiError('1001', given, 'attribute')
  const { description, dataType = 'string' } = given
  const type = ATTRIBUTE_TYPES.find((candidate) => candidate === dataType)
  if (!type) throw new ApiError('1003', `Invalid dataType '${String(dataType)}'`)
  return {
    apiName: apiNameIn(given),
    name: textIn(given, 'name'),
    description: typeof description === 'string' ? description : '',
    dataType: type
  }
}

function apiNameIn(body: Record<string, unknown>): string {
  const apiName = textIn(body, 'apiName')
  if (/^[a-z0-9]\w*$/i.test(apiName) && /[a-z]/i.test(apiName)) return apiName
  throw new ApiError('1003', `Invalid apiName '${apiName}'`)
}

/** The name of a type, a trigger or a filter. */
function nameIn(body: Record<string, unknown>, member: string): string {
  const name = textIn(body, member)
  if (/^[\w ]+$/.test(name) && /[a-z]/i.test(name)) return name
  throw new ApiError('1003', `Invalid ${member} '${name}'`)
}

function textIn(body: Record<string, unknown>, member: string): string {
  const text = body[member]
  if (typeof text === 'string' && text !== '') return text
  throw new ApiError('1002', member)
}
