import type { Limits } from '../contract'
import { json, type Answer, type HttpCall } from '../rest/message'
import type { Seed } from '../state/marketo'
import type { Controls } from './controls'

/** The answer is the route's result as JSON. A TypeError describes the caller's mistake. */
const ROUTES: Record<string, (controls: Controls, body: unknown) => unknown> = {
  'GET /sandbox/state': (controls) => controls.state(),
  'POST /sandbox/reset': (controls, body) => controls.reset(body as Seed),
  'POST /sandbox/undo-reset': (controls) => controls.undoReset(),
  'POST /sandbox/faults': (controls, body) => controls.addFaults(...[body].flat()),
  'DELETE /sandbox/faults': (controls) => controls.clearFaults(),
  'PATCH /sandbox/limits': (controls, body) => controls.setLimits(body as Partial<Limits>),
  'POST /sandbox/expire-tokens': (controls) => controls.expireTokens(),
  'POST /sandbox/fields': (controls, body) => controls.removeFields((body as { remove: string[] }).remove),
  'POST /sandbox/permissions': (controls, body) => controls.revoke((body as { revoke: string[] }).revoke)
}

export function answerControl(controls: Controls, { method, path, headers, body }: HttpCall): Answer {
  // Another page in the same browser must not control the sandbox.
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return json({ error: 'other origins may not use the sandbox' }, 403)
  }
  const handle = ROUTES[`${method} ${path}`]
  if (!handle) return json({ error: `there is no ${method} ${path}` }, 404)
  try {
    const given: unknown = body.length > 0 ? JSON.parse(body.toString()) : {}
    if (typeof given !== 'object' || given === null) throw new TypeError('the body must be an object')
    return json(handle(controls, given) ?? { done: true })
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return json({ error: error.message }, 400)
    throw error
  }
}
