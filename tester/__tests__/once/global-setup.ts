import { createServer } from 'http'
import type { AddressInfo } from 'net'
import { builtPage } from '../../page-build'
import { chromiumServer } from '../browser/chromium'
import { startServer, type StartedServer } from './started-server'

/** What the teardown closes. Jest runs both in the same process. */
export const CLOSE = Symbol.for('close what the tests share')

/**
 * Starts, for the whole run, what takes long to start, as soon as a test file asks for it: one Chromium, and a test server for each
 * worker, because each test resets its sandbox.
 */
export default async function globalSetup(): Promise<void> {
  const started = new Map<string, Promise<Shared>>()
  let page: Promise<unknown> | undefined
  // A connection that the server closes after a while could end just when a busy worker uses it again.
  const broker = createServer({ keepAliveTimeout: 0 }, ({ url = '' }, response) => {
    // Two servers that start at the same time would both build the page.
    page ??= builtPage()
    const shared = started.get(url) ?? start(url, page)
    started.set(url, shared)
    shared.then(
      ({ url: found }) => response.end(found),
      (error: Error) => response.writeHead(500).end(error.message)
    )
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  process.env.STARTED_ONCE = `http://127.0.0.1:${(broker.address() as AddressInfo).port}`
  Object.assign(globalThis, {
    [CLOSE]: async () => {
      broker.close()
      broker.closeAllConnections()
      await Promise.allSettled([...started.values()].map(async (shared) => (await shared).close()))
    }
  })
}

type Shared = Pick<StartedServer, 'url' | 'close'>

async function start(path: string, page: Promise<unknown>): Promise<Shared> {
  if (path.startsWith('/server/')) return page.then(() => startServer())
  const server = await chromiumServer()
  return { url: server.wsEndpoint(), close: () => server.close() }
}
