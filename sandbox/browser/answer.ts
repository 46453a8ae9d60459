import type { Endpoint } from '../contract'
import { answerUnder } from '../faults'
import { text, type Answer } from '../http-answer'
import type { Marketo } from '../marketo'
import type { HttpCall } from '../server'
import { publicScript } from './files'
import { formScript, getForm, save2, xdFrame } from './forms'
import type { Segment } from './segment'

/** Pages of other origins may ask; nothing here answers with more than the sandbox's own data. */
const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }

type Work = () => Answer | undefined

/**
 * What a browser asks of Marketo and of Segment, apart from tracking.
 * @returns undefined for any other request; a promise of undefined for a connection that a fault cuts
 */
export function answerBrowser(
  marketo: Marketo,
  segment: Segment,
  call: HttpCall
): Promise<Answer | undefined> | undefined {
  const [endpoint, work] = handlerOf(marketo, segment, call) ?? []
  if (!endpoint || !work) return undefined
  if (call.method === 'OPTIONS') return Promise.resolve({ ...text('', 204), headers: CORS })
  const answer = answerUnder(marketo.faults.take(endpoint), () => work() ?? text('Not found', 404))
  return answer.then((answered) => answered && { ...answered, headers: CORS })
}

function handlerOf(marketo: Marketo, segment: Segment, call: HttpCall): [Endpoint, Work] | undefined {
  const { path } = call
  if (path === '/munchkin.js') return ['munchkinScript', () => publicScript('munchkin.js')]
  if (path.startsWith('/js/forms2/js/')) return ['formScript', () => formScript(path)]
  if (path === '/index.php/form/getForm') return ['getForm', () => getForm(marketo, call)]
  if (path === '/index.php/form/XDFrame') return ['xdFrame', () => xdFrame]
  if (path === '/index.php/leadCapture/save2') return ['save2', () => save2(marketo, call)]
  const part = segment.partFor(call)
  return part && [part, () => (part === 'segmentCdn' ? segment.serve(call) : segment.take(call))]
}
