import { Destination, transform } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition, JSONObject } from '@segment/actions-core'
import { asError, validationProblems } from './error-answers'
import { isObject } from '../migration/json'
import type { Handle } from './marketo-route'
import { ownRefusal } from './own-checks'
import { mappingOf, perform } from './perform'

/** What validation says about a payload. `field` is absent if it is not about one field. */
interface Problem {
  field?: string
  message: string
}

/**
 * What the framework makes of an event with a mapping, what its validation says, and then what the action itself has
 * against the event. Nothing is sent.
 */
export const map =
  (definition: DestinationDefinition<JSONObject>, action: string): Handle =>
  async (call) => {
    const { event } = call.body
    if (!isObject(event)) return [400, { error: '"event" must be an object.' }]
    let payload: unknown
    const keepPayload = (_request: unknown, data: { payload: unknown }) => {
      payload = data.payload
    }
    const rehearsal = {
      ...definition,
      actions: { ...definition.actions, [action]: { ...definition.actions[action], perform: keepPayload } }
    }
    try {
      await perform({ ...call, destination: new Destination(rehearsal) }, action, event)
      const refusal = await ownRefusal(call, action, event)
      const { fields } = definition.actions[action]
      return [200, { payload, problems: refusal === undefined ? [] : [byLabel(refusal, fields)] }]
    } catch (error) {
      const problems = validationProblems(error)
      // The mapping worked, but validation failed.
      if (problems)
        return [200, { payload: transform(mappingOf(call, action, event), event), problems: problems.map(byField) }]
      return [200, { problems: [{ message: asError(error).message }] }]
    }
  }

/** An action names the field first, as the mapping page does: "User ID is missing: …". */
function byLabel(message: string, fields: ActionDefinition<JSONObject>['fields']): Problem {
  const named = Object.entries(fields)
    .filter(([, { label }]) => message.startsWith(label))
    .sort(([, a], [, b]) => b.label.length - a.label.length)
  return { field: named[0]?.[0], message }
}

/** The framework reports a missing field at the root, and names it only in the message. */
function byField({ path, message }: { path: string; message: string }): Problem {
  const [, missing] = /missing the required field '([^']+)'/.exec(message) ?? []
  const inPayload = path === '$' ? [] : path.replace(/^\$\./, '').split(/[.[]/)
  return { field: inPayload[0] ?? missing, message }
}
