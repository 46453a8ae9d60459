import type http from 'node:http'
import { answerBeacon } from '../browser/beacon'
import { answerBrowser } from '../browser/answer'
import type { Segment } from '../browser/segment'
import type { Controls } from '../control/controls'
import { answerControl } from '../control/routes'
import { answerRest } from '../rest/answer'
import { answerIdentity } from '../rest/identity'
import { html, text, type Answer, type HttpCall } from '../rest/message'
import type { Troubles } from '../rest/troubles'
import type { Marketo } from '../state/marketo'
import { serve } from './serve'

/** Everything that can answer a request. */
interface Sides {
  marketo: Marketo
  segment: Segment
  troubles: Troubles
  controls: Controls
}

export const createServer = (sides: Sides): http.Server => serve((call) => answer(sides, call))

/** Which of Marketo's hosts a request is for. `direct`: sent to the sandbox's own address, where all of them answer. */
type Host = 'mktorest' | 'mktoresp' | 'direct'

function hostOf({ headers }: HttpCall, { munchkinId }: Marketo): Host | undefined {
  const [name] = (headers.host ?? '').toLowerCase().split(':')
  if (name === '127.0.0.1' || name === 'localhost') return 'direct'
  const id = munchkinId.toLowerCase()
  if (name === `${id}.mktorest.com`) return 'mktorest'
  if (name === `${id}.mktoresp.com`) return 'mktoresp'
  return undefined
}

async function answer(sides: Sides, call: HttpCall): Promise<Answer | undefined> {
  const { marketo, troubles, controls } = sides
  const host = hostOf(call, marketo)
  const [, area] = call.path.split('/')
  if (host === 'direct' && area === 'sandbox') return answerControl(controls, call)
  const forBrowser = host === 'direct' ? answerBrowser(sides, troubles, call) : undefined
  if (forBrowser) return forBrowser
  const isRest = host === 'mktorest' || host === 'direct'
  const isTracking = host === 'mktoresp' || host === 'direct'
  if (call.path.includes('//')) return html(404)
  if (isRest && area === 'rest') return answerRest(marketo, troubles, call)
  if (isRest && call.path === '/identity/oauth/token') return answerIdentity(marketo, troubles, call)
  if (isTracking && /^\/webevents\/(visitWebPage|clickLink)$/.test(call.path))
    return answerBeacon(marketo, troubles, call)
  return text(host ? 'Not found' : `No Marketo instance answers for ${call.headers.host}`, 404)
}
