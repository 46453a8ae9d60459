import { once } from 'events'
import { createServer } from 'http'
import type { AddressInfo } from 'net'
import { Refusal } from '../migration/refusal'
import { startSandbox } from '../sandbox'
import { routeMarketoTo } from '../sandbox/route-marketo'
import marketo from '../src'
import { SANDBOX } from './marketo-instance'
import { eventsIn } from './page/events/current-events'
import { carryOut, plan } from './page/run/carry-out'
import type { RunRecord } from './page/run/run-record'
import { callServerAt } from './page/shared/server'
import type { Work } from './page/store/work'
import { outcomesIn, type Expected } from './scenario-outcomes'
import { createTestServer } from './server'

/** @returns what comes out of the events and mappings of a scenario, in a new sandbox: the page's own way of running them */
export async function outcomesOf(work: Work): Promise<Expected[]> {
  const read = eventsIn(work)
  if ('error' in read) throw new Refusal(`The scenario's events can't be read: ${read.error}`)
  const sandbox = await startSandbox(SANDBOX)
  const restore = routeMarketoTo(sandbox.port, SANDBOX.munchkinId)
  const options = { defaults: SANDBOX, sandboxUrl: sandbox.url, directoryName: 'marketo-v2', log: () => {} }
  const server = createServer(createTestServer(marketo, options).app).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    callServerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    // A scenario has no secrets, and must never write to a real Marketo.
    const settings = { ...work.settings, ...SANDBOX }
    let run: RunRecord = {
      ...{ id: '', at: '', title: '', marketo: '', ms: 0, state: 'running' },
      ...{ events: read.events, mappings: work.mappings.filter(({ enabled }) => enabled), settings },
      ...{ results: [], exchanges: [] }
    }
    run = { ...run, jobs: await plan(run, settings) }
    for (const job of run.jobs ?? []) run = await carryOut(run, job, settings)
    return outcomesIn(run)
  } finally {
    restore()
    server.close()
    server.closeAllConnections()
    await sandbox.close()
  }
}
