import { createServer } from 'http'
import type { AddressInfo } from 'net'
import { startSandbox } from '../sandbox'
import { routeMarketoTo } from '../sandbox/route-marketo'
import marketo from '../src'
import { runCommand } from '../scripts/invocation'
import { readEnvironment, StartError } from './environment'
import { marketoOf, SANDBOX } from './marketo-instance'
import { builtPage } from './page-build'
import { createTestServer } from './server'
import { switchOn } from './website'
import { welcome } from './welcome'

async function start(): Promise<void> {
  const { port, realMarketo } = readEnvironment(process.env)
  const defaults = realMarketo ?? SANDBOX
  const sandbox = await startSandbox(SANDBOX)
  routeMarketoTo(sandbox.port, SANDBOX.munchkinId)

  const { app, routes } = createTestServer(marketo, {
    defaults,
    sandboxUrl: sandbox.url,
    directoryName: 'marketo-v2',
    page: await pageIfBuilt(),
    log: console.log
  })
  // As the sandbox: a connection must not end just when a client that waited uses it again.
  const server = createServer({ keepAliveTimeout: 0 }, app)
  // Only this machine may connect, because every request can use the credentials.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken. Stop what runs there, or choose another port: PORT=${port + 1} npm start`
        : `Cannot listen on port ${port}: ${error.message}`
    )
  })

  const stop = () => {
    server.close()
    server.closeAllConnections()
    const exit = () => process.exit(0)
    // The process does not wait for open connections of the sandbox.
    setTimeout(exit, 500)
    sandbox.close().then(exit, exit)
  }
  // `on`, not `once`: Ctrl+C may come twice, from the terminal and from npm, and the second must not kill the exit.
  process.on('SIGINT', stop).on('SIGTERM', stop)

  const { port: actualPort } = server.address() as AddressInfo
  await switchOn(sandbox, `http://localhost:${actualPort}`)
  console.log(welcome({ port: actualPort, sandboxUrl: sandbox.url, marketo: marketoOf(defaults), routes }))
}

/** The routes also work without the page. */
async function pageIfBuilt(): Promise<string | undefined> {
  try {
    return await builtPage()
  } catch (error) {
    console.error(`The tester page could not be built, and is left out: ${(error as Error).message}`)
  }
}

const usage = `Usage: npm start

Starts the local test server, its page and the sandbox. Environment variables:

  PORT                                  the port, 3000 by default; 0: any free one
  MARKETO_MUNCHKIN_ID, MARKETO_CLIENT_ID, MARKETO_CLIENT_SECRET
                                        a real Marketo, instead of the sandbox`

runCommand({ usage }, () =>
  start().catch((error: unknown) => {
    console.error(error instanceof StartError ? error.message : error)
    process.exit(1)
  })
)
