import type { JSONValue } from '@segment/actions-core'
import type { Sandbox } from '../../sandbox'
import type { Lead } from '../../sandbox/contract'
import { sendBatch, sendSingle } from './marketo'
import type { ActionKey, Reported, Sending, TestEvent } from './marketo'

/** Whom an event is about. Keys that are left out are absent from the event. */
export interface Who {
  email?: string
  userId?: string
  anonymousId?: string
}

export const USER_AGENT = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36'

/** An event with only these identifiers and traits. It suits every action. */
export function eventOf({ email, userId, anonymousId }: Who, traits: Record<string, JSONValue> = {}): TestEvent {
  return {
    userId,
    anonymousId,
    traits: { ...traits, ...(email !== undefined && { email }) },
    properties: { url: 'https://example.com/pricing' },
    context: { userAgent: USER_AGENT }
  }
}

/** `make(0)`, `make(1)` and so on. */
export const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

/** Sends one event, single or as a batch. An error that the framework throws becomes an outcome, as in a batch. */
export async function sendOne(
  way: 'single' | 'batch',
  action: ActionKey,
  event: TestEvent,
  sending?: Sending
): Promise<Reported> {
  if (way === 'batch') return (await sendBatch(action, [event], sending))[0]
  try {
    return { status: 200, body: (await sendSingle(action, event, sending)).data as Reported['body'] }
  } catch (error) {
    const { name, message, status } = error as Error & { status?: number }
    // The framework's own validation error, which Segment treats as a 400.
    if (name === 'AggregateAjvError') return { status: 400, errormessage: message }
    if (status === undefined) throw error
    return { status, errormessage: message }
  }
}

export const WAYS = ['single', 'batch'] as const

export const statusesOf = (reports: Reported[]): number[] => reports.map(({ status }) => status)

/** The fields of all leads, oldest lead first. */
export const leadFields = (sandbox: Sandbox): Lead['fields'][] => sandbox.state().leads.map(({ fields }) => fields)

export function leadWith(sandbox: Sandbox, field: string, value: unknown): Lead {
  const leads = sandbox.state().leads.filter(({ fields }) => fields[field] === value)
  if (leads.length !== 1) throw new Error(`${leads.length} leads have the ${field} ${String(value)}`)
  return leads[0]
}
