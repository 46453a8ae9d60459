import type { InstanceSettings } from './marketo-instance'

/** Something about the start that the person at the keyboard can put right: shown as a message, without a stack. */
export class StartError extends Error {}

export interface Environment {
  port: number
  /** The real instance that settings left out are filled in with; absent: the sandbox. */
  realMarketo?: InstanceSettings
}

const DEFAULT_PORT = 3000
const VARIABLES = {
  munchkinId: 'MARKETO_MUNCHKIN_ID',
  clientId: 'MARKETO_CLIENT_ID',
  clientSecret: 'MARKETO_CLIENT_SECRET'
}

/** @throws StartError when a variable cannot be used */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return { port: portOf(env.PORT), realMarketo: realMarketoOf(env) }
}

function portOf(value: string | undefined): number {
  if (!value) return DEFAULT_PORT
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65535) return port
  throw new StartError(`PORT must be a number from 0 to 65535 (0: any free port), not "${value}".`)
}

function realMarketoOf(env: NodeJS.ProcessEnv): InstanceSettings | undefined {
  const missing = Object.values(VARIABLES).filter((name) => !env[name]?.trim())
  if (missing.length === 3) return undefined
  // Half of them would send events to the sandbox, or to nowhere, while the user expects Marketo.
  if (missing.length) throw new StartError(`To talk to the real Marketo, set ${missing.join(' and ')} too.`)

  const value = (name: string) => env[name]?.trim() ?? ''
  const munchkinId = value(VARIABLES.munchkinId).toUpperCase()
  if (!/^\d{3}-[A-Z]{3}-\d{3}$/.test(munchkinId)) {
    throw new StartError(`${VARIABLES.munchkinId} must look like 123-ABC-456 (Admin > Munchkin in Marketo).`)
  }
  return { munchkinId, clientId: value(VARIABLES.clientId), clientSecret: value(VARIABLES.clientSecret) }
}
