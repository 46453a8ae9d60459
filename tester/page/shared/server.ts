import type { Manifest, Mapping, Value } from './manifest'
import type { Migration } from '../../../migration/contract'
import type { Plan } from '../../../rehearsal/plan/contract'
import type { State } from '../../../sandbox/contract'
import type { MarketoKind } from '../../marketo-instance'
import type { NotTaken, EventOutcome } from '../../shared/outcome'

/** The test server's routes, as this page uses them. */

export type Event = Record<string, unknown>
export type Settings = Record<string, Value>

/** Which Marketo the settings lead to. */
export interface Marketo {
  kind: MarketoKind
  /** Its kind and its Munchkin Account ID, for people. */
  label: string
}

export interface Mapped {
  payload?: unknown
  /** What the framework's validation says. `field` is absent if it is not about one field. */
  problems: { field?: string; message: string }[]
}

export interface Exchange {
  request: { url: string; method: string; headers: Record<string, string>; body: string }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
  durationMs: number
}

export interface Run {
  outcomes: (EventOutcome | NotTaken)[]
  exchanges: Exchange[]
  error?: string
}

export interface DynamicChoices {
  choices: { label: string; value: string; description?: string }[]
  /** Why the list is empty. */
  error?: string
}

interface Work {
  settings: Settings
  mapping: Mapping
}

export const getManifest = async () => (await call<Manifest>('GET', 'manifest')).answer

export async function mapEvent(action: string, work: Work & { event: Event }, signal: AbortSignal) {
  const { answer, marketo } = await call<Mapped>('POST', `map/${action}`, { ...work, withDefaults: false }, signal)
  return { mapped: answer, marketo }
}

/** Runs events through a mapping, as one batch or one by one, except events that its trigger does not match. */
export async function runAction(action: string, work: Work & { subscribe: string; events: Event[]; batch: boolean }) {
  const { answer, marketo } = await call<Run>('POST', `run/${action}`, { ...work, withDefaults: false })
  return { ...answer, marketo }
}

/** @returns which Marketo an action's requests go to with these settings */
export const whichMarketo = async (action: string, settings: Settings): Promise<Marketo> =>
  (await call('POST', `map/${action}`, { event: {}, mapping: {}, settings })).marketo

/** What a run would do in Marketo, which is only read. @throws Error that says why it is unknown */
export async function rehearse(
  work: { events: Event[]; mappings: object[]; settings: Settings },
  signal: AbortSignal
): Promise<{ plan: Plan; marketo: Marketo }> {
  const { answer, marketo } = await call<{ plan: Plan }>('POST', 'rehearse', work, signal)
  return { ...answer, marketo }
}

/** @returns the key of each event's batch; null if the event is sent alone */
export async function getBatchKeys(action: string, work: Work & { events: Event[] }) {
  const path = `batch-keys/${action}`
  return (await call<{ keys: (string | null)[] }>('POST', path, { ...work, withDefaults: false })).answer.keys
}

/** @throws Error that says why the text is not a classic destination */
export const migrateClassic = async (text: string) => (await call<Migration>('POST', 'migrate', { text })).answer

/** The REST calls that Marketo has counted, or why they are unknown. */
export interface CountedCalls {
  today?: { date: string; total: number }
  days?: { date: string; total: number }[]
  error?: string
}

export const getUsage = async (settings: Settings) => (await call<CountedCalls>('POST', 'usage', { settings })).answer

export async function getChoices(action: string, field: string, settings: Settings, payload: unknown) {
  const { answer } = await call<DynamicChoices>('POST', `choices/${action}/${field}`, { settings, payload })
  if (answer.error) throw new Error(answer.error)
  return answer.choices
}

/** The choices of a hook's input. */
export async function getHookChoices(path: { action: string; hook: string; input: string }, body: HookCall) {
  const { action, hook, input } = path
  const { answer } = await call<DynamicChoices>('POST', `${action}/hooks/${hook}/dynamic/${input}`, body)
  return answer.choices
}

/** What a hook needs besides its name. */
interface HookCall {
  settings: Settings
  payload: unknown
  hookInputs: Mapping
  /** What the hooks of the mapping gave when it was saved before. */
  hookOutputs?: Mapping
}

/** Runs a hook, as Segment does when a mapping is saved. */
export async function runHook(action: string, hook: string, body: HookCall) {
  const path = `${action}/hooks/${hook}`
  return (await call<{ successMessage?: string; savedData?: Mapping }>('POST', path, body)).answer
}

/** Connects an audience, or checks that what it is connected to still exists. */
export async function askAboutAudience(route: 'createAudience' | 'getAudience', body: Record<string, Value>) {
  return (await call<{ externalId: string }>('POST', route, body)).answer
}

export async function testAuthentication(settings: Settings) {
  const { answer, marketo } = await call<{ ok: boolean; error?: string }>('POST', 'authenticate', settings)
  return { ...answer, marketo }
}

export const getState = async () => (await call<State>('GET', 'sandbox/state')).answer
export const steerSandbox = (method: 'POST' | 'PATCH' | 'DELETE', route: string, body?: unknown) =>
  call<unknown>(method, `sandbox/${route}`, body)

let server = ''

/** For a program that is no page of the test server. */
export function callServerAt(url: string): void {
  server = `${url}/`
}

/** @throws Error with a message for people */
export async function call<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal
): Promise<{ answer: Answer; marketo: Marketo }> {
  const response = await fetch(server + path, {
    method,
    signal,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }).catch((error: Error) => {
    throw signal?.aborted ? error : new Error('The test server does not answer. Is `npm start` still running?')
  })
  const text = await response.text()
  const answer = text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text
  if (!response.ok) throw new Error(reasonIn(answer) ?? `The test server answered ${response.status}.`)
  const label = response.headers.get('x-marketo') ?? ''
  return { answer: answer as Answer, marketo: { kind: (label.split(' ')[0] || 'none') as MarketoKind, label } }
}

/** The actions CLI answers some errors with a list. */
function reasonIn(answer: unknown): string | undefined {
  const [first] = Array.isArray(answer) ? (answer as { message?: string }[]) : []
  return first?.message ?? (answer as { error?: string }).error
}
