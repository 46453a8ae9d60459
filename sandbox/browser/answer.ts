import { HTTP_FAULTS, type FaultTarget } from '../rest/fault-targets'
import { answerUnder } from '../rest/faults'
import { text, type Answer, type HttpCall } from '../rest/message'
import type { Troubles } from '../rest/troubles'
import type { Marketo } from '../state/marketo'
import { BROWSER_ENDPOINTS, type BrowserEndpoint } from './endpoints'
import { publicScript } from './files'
import { formScript, getForm, save2, xdFrame } from './forms'
import type { Segment } from './segment'

/** Pages of other origins may ask, because the answers have only the sandbox's own data. */
const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }

interface Sides {
  marketo: Marketo
  segment: Segment
}

/** Undefined if it does not exist. */
const HANDLERS: Record<BrowserEndpoint, (sides: Sides, call: HttpCall) => Answer | undefined> = {
  munchkinScript: () => publicScript('munchkin.js'),
  formScript: (_sides, { path }) => formScript(path),
  getForm: ({ marketo }, call) => getForm(marketo, call),
  xdFrame: () => xdFrame,
  save2: ({ marketo }, call) => save2(marketo, call),
  segmentCdn: ({ segment }, call) => segment.serve(call),
  segmentApi: ({ segment }, call) => segment.take(call)
}

export const BROWSER_TARGETS: ReadonlyMap<BrowserEndpoint, FaultTarget> = new Map(
  (Object.keys(BROWSER_ENDPOINTS) as BrowserEndpoint[]).map((name) => [
    name,
    { name, kinds: HTTP_FAULTS, isMarketoApi: false }
  ])
)

/**
 * A browser's requests to Marketo and Segment, except for tracking.
 * @returns undefined for any other request; a promise of undefined for a connection that a fault cuts
 */
export function answerBrowser(
  sides: Sides,
  { faults }: Troubles,
  call: HttpCall
): Promise<Answer | undefined> | undefined {
  const target = [...BROWSER_TARGETS].find(([name]) => BROWSER_ENDPOINTS[name].test(call.path))
  if (!target) return undefined
  if (call.method === 'OPTIONS') return Promise.resolve({ ...text('', 204), headers: CORS })
  const [name, hit] = target
  const answer = answerUnder(faults.take(hit), () => HANDLERS[name](sides, call) ?? text('Not found', 404))
  return answer.then((answered) => answered && { ...answered, headers: CORS })
}
