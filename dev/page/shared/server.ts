import type { Manifest, Mapping, Value } from './manifest'
import type { State } from '../../../sandbox/contract'

/** The test server's routes, as this page uses them. */

export type Event = Record<string, unknown>
export type Settings = Record<string, Value>

/** Which Marketo the settings lead to, in words, and whether it is the one that runs here. */
export interface Marketo {
  label: string
  isSandbox: boolean
}

export interface Mapped {
  payload?: unknown
  /** What the framework's validation says; without a field where it is about none in particular. */
  problems: { field?: string; message: string }[]
}

export interface Outcome {
  status: number
  sent?: unknown
  body?: unknown
  errortype?: string
  errormessage?: string
  fields?: Record<string, string>
}

export interface Exchange {
  request: { url: string; method: string; headers: Record<string, string>; body: string }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
  durationMs: number
}

export interface Run {
  outcomes: Outcome[]
  exchanges: Exchange[]
  error?: string
}

export interface DynamicChoices {
  choices: { label: string; value: string; description?: string }[]
  /** Why there are none. */
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

export async function runAction(action: string, work: Work & { events: Event[]; batch: boolean }, signal: AbortSignal) {
  return (await call<Run>('POST', `run/${action}`, { ...work, withDefaults: false }, signal)).answer
}

export async function getChoices(action: string, field: string, settings: Settings, payload: unknown) {
  const { answer } = await call<DynamicChoices>('POST', `choices/${action}/${field}`, { settings, payload })
  if (answer.error) throw new Error(answer.error)
  return answer.choices
}

export async function testAuthentication(settings: Settings) {
  const { answer, marketo } = await call<{ ok: boolean; error?: string }>('POST', 'authenticate', settings)
  return { ...answer, marketo }
}

export const getState = async () => (await call<State>('GET', 'sandbox/state')).answer
export const steerSandbox = (method: 'POST' | 'PATCH' | 'DELETE', route: string, body?: unknown) =>
  call<unknown>(method, `sandbox/${route}`, body)

/** @throws Error with a message for people */
async function call<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal
): Promise<{ answer: Answer; marketo: Marketo }> {
  const response = await fetch(path, {
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
  return { answer: answer as Answer, marketo: { label, isSandbox: label.startsWith('sandbox') } }
}

function reasonIn(answer: unknown): string | undefined {
  return (answer as { error?: string }).error
}
