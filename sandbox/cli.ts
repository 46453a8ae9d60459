import { parseArgs } from 'node:util'
import { startSandbox } from './index'

const usage = `Usage: marketo-sandbox [options]

Starts a Marketo on this machine, with some leads, lists, campaigns and programs to try things on.

  --port <number>         the port, 4000 by default; 0: any free one
  --munchkin-id <ID>      the instance's Munchkin ID, 123-ABC-456 by default
  --client-id <text>      the API user's Client ID, sandbox by default
  --client-secret <text>  its Client Secret, sandbox by default
  --help                  this text

Everything is in memory: a new start is a new Marketo. Ctrl+C stops it.`

/** A mistake in the command line, or in what is around it. It is shown without a stack trace. */
class Refusal extends Error {}

const text = { type: 'string' } as const

function options() {
  try {
    const known = { port: text, 'munchkin-id': text, 'client-id': text, 'client-secret': text }
    return parseArgs({ options: { ...known, help: { type: 'boolean', short: 'h' } } }).values
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. To specify')[0]}.\n\n${usage}`)
  }
}

function portOf(given: string): number {
  const port = Number(given)
  if (/^\d+$/.test(given) && port <= 65535) return port
  throw new Refusal(`--port must be a number from 0 to 65535, not "${given}".`)
}

function munchkinIdOf(given: string): string {
  if (/^\d{3}-[A-Z]{3}-\d{3}$/i.test(given)) return given.toUpperCase()
  throw new Refusal(`--munchkin-id must look like 123-ABC-456, not "${given}".`)
}

async function main(): Promise<void> {
  const given = options()
  if (given.help) return console.log(usage)
  const clientId = given['client-id'] ?? 'sandbox'
  const clientSecret = given['client-secret'] ?? 'sandbox'
  const munchkinId = munchkinIdOf(given['munchkin-id'] ?? '123-ABC-456')
  const port = portOf(given.port ?? '4000')

  const sandbox = await startSandbox({ port, munchkinId, clientId, clientSecret }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      throw new Refusal(`Port ${port} is taken. Stop what runs there, or choose another: --port ${port + 1}`)
    }
  )
  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.on('SIGINT', stop).on('SIGTERM', stop)

  const url = `http://localhost:${sandbox.port}`
  const query = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret
  }).toString()
  console.log(`
Marketo      ${url} (instead of https://${munchkinId}.mktorest.com and https://${munchkinId}.mktoresp.com)
Sign in      ${url}/identity/oauth/token?${query}
Its state    ${url}/sandbox/state

Ctrl+C stops it.
`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error)
  process.exitCode = 1
})
