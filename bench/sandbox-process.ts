/** The sandbox in its own process, so that its work does not count as the destination's. */
import { fork } from 'child_process'
import { startSandbox } from '../sandbox'
import { routeMarketoTo } from '../sandbox/route-marketo'
import type { State } from '../sandbox/contract'

export interface RemoteSandbox {
  port: number
  state(): Promise<State>
  /** Back to the starting data, or to these leads; every REST call then takes this long. */
  reset(latencyMs?: number, leads?: object[]): Promise<void>
  /** From now on, each call and each page visit takes this long. */
  setLatency(latencyMs: number): Promise<void>
  stop(): void
}

const NO_LIMITS = { callsPerWindow: 1e9, callsPerDay: 1e9, concurrentCalls: 1e9 }

export async function forkSandbox(): Promise<RemoteSandbox> {
  const child = fork(__filename, [], { execArgv: process.execArgv })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
  const restore = routeMarketoTo(port)
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`Sandbox ${path}: HTTP ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const setLatency = async (latencyMs: number) => {
    await control('DELETE', 'faults')
    if (latencyMs > 0) await control('POST', 'faults', { endpoint: '*', kind: 'delay', ms: latencyMs, times: 1e9 })
  }
  return {
    port,
    state: async () => (await control('GET', 'state')) as State,
    reset: async (latencyMs = 0, leads) => {
      await control('POST', 'reset', { leads })
      await setLatency(latencyMs)
    },
    setLatency,
    stop: () => {
      restore()
      child.kill()
    }
  }
}

if (require.main === module) void startSandbox({ limits: NO_LIMITS }).then(({ port }) => process.send?.(port))
