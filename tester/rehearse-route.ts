import { fork } from 'node:child_process'
import { join } from 'node:path'
import { isObject } from '../migration/json'
import type { ToChild } from '../rehearsal/child'
import type { Plan } from '../rehearsal/plan/contract'
import type { Handle } from './marketo-route'

const CHILD = join(__dirname, '../rehearsal/child.ts')

/**
 * What a run of these events through these mappings would do, as a plan. Nothing is written.
 * @param sandboxUrl where the sandbox is, for settings that name it
 */
export const rehearse =
  (sandboxUrl: string): Handle =>
  async ({ body, settings, marketo }) => {
    const { events, mappings } = body
    if (!Array.isArray(events) || !events.length || !events.every(isObject)) {
      return [400, { error: '"events" must be a list with at least one event.' }]
    }
    const sandboxPort = marketo === 'sandbox' ? Number(new URL(sandboxUrl).port) : undefined
    const told = await inChild({ events, mappings, settings: settings as unknown as ToChild['settings'], sandboxPort })
    return [told.plan ? 200 : 400, told]
  }

type Told = { plan?: Plan; error?: string }

function inChild(given: ToChild): Promise<Told> {
  const child = fork(CHILD, [], { execArgv: ['-r', 'tsx/cjs'] })
  return new Promise((resolve) => {
    child.once('message', (told) => resolve(told as Told))
    child.once('error', ({ message }) => resolve({ error: message }))
    child.once('exit', () => resolve({ error: 'The rehearsal ended without a plan.' }))
    child.send(given)
  })
}
