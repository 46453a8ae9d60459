import type { Limits } from './contract'
import { json, type Answer } from './http-answer'
import type { Marketo, Seed } from './marketo'
import type { HttpCall } from './server'

/** What a route gives back is answered as JSON; a TypeError is the caller's mistake, in words. */
const ROUTES: Record<string, (marketo: Marketo, body: unknown) => unknown> = {
  'GET /sandbox/state': (marketo) => marketo.state(),
  'POST /sandbox/reset': (marketo, body) => marketo.reset(body as Seed),
  'POST /sandbox/faults': (marketo, body) => marketo.faults.add(...[body].flat()),
  'DELETE /sandbox/faults': (marketo) => marketo.faults.clear(),
  'PATCH /sandbox/limits': (marketo, body) => marketo.setLimits(body as Partial<Limits>),
  'POST /sandbox/expire-tokens': (marketo) => marketo.tokens.expire(),
  'POST /sandbox/fields': (marketo, body) => marketo.removeFields((body as { remove: string[] }).remove)
}

export function answerControl(marketo: Marketo, { method, path, headers, body }: HttpCall): Answer {
  // A page from elsewhere, open in the same browser, must not steer the sandbox.
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return json({ error: 'other origins may not use the sandbox' }, 403)
  }
  const handle = ROUTES[`${method} ${path}`]
  if (!handle) return json({ error: `there is no ${method} ${path}` }, 404)
  try {
    const given: unknown = body.length > 0 ? JSON.parse(body.toString()) : {}
    if (typeof given !== 'object' || given === null) throw new TypeError('the body must be an object')
    return json(handle(marketo, given) ?? { done: true })
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return json({ error: error.message }, 400)
    throw error
  }
}
