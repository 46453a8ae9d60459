import { dynamicField } from './cli-routes'
import type { Handle } from './marketo-route'

/** A dynamic field for the tester page. If there are no choices, the answer says why. */
export const choices =
  (action: string): Handle =>
  async (call) => {
    const [status, answer] = await dynamicField(action)(call)
    if (status === 200) return [200, answer]
    const [{ message }] = answer as [{ message: string }]
    return [200, { choices: [], error: message }]
  }
