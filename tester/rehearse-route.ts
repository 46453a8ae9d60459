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
  async ({ body, settings, marketo, gone }) => {
    const { events, mappings } = body
    if (!Array.isArray(events) || !events.length || !events.every(isObject)) {
      return [400, { error: '"events" must be a list with at least one event.' }]
    }
    const sandboxPort = marketo === 'sandbox' ? Number(new URL(sandboxUrl).port) : undefined
    const given = { events, mappings, settings: settings as unknown as ToChild['settings'], sandboxPort }
    const told = await inChild(given, gone)
    return [told.plan ? 200 : 400, told]
  }

type Told = { plan?: Plan; error?: string }

/** A rehearsal that nobody waits for ends: its reads count towards Marketo's daily limit. */
function inChild(given: ToChild, gone: AbortSignal): Promise<Told> {
  const child = fork(CHILD, [], { execArgv: ['-r', 'tsx/cjs'], signal: gone })
  return new Promise((resolve) => {
    child.once('message', (told) => resolve(told as Told))
    child.once('error', ({ message }) => resolve({ error: message }))
    child.once('exit', () => resolve({ error: 'The rehearsal ended without a plan.' }))
    child.send(given)
  })
}
