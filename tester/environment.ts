import type { InstanceSettings } from './marketo-instance'

/** A problem at the start that the user can fix. It is shown as a message without a stack trace. */
export class StartError extends Error {}

export interface Environment {
  port: number
  /** The real instance for requests without settings. Absent for the sandbox. */
  realMarketo?: InstanceSettings
}

const DEFAULT_PORT = 3000
const VARIABLES = {
  munchkinId: 'MARKETO_MUNCHKIN_ID',
  clientId: 'MARKETO_CLIENT_ID',
  clientSecret: 'MARKETO_CLIENT_SECRET'
}

/** @throws StartError if a variable is invalid */
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
  // With only some of them, events would go to the sandbox or nowhere, while the user expects Marketo.
  if (missing.length) throw new StartError(`To talk to the real Marketo, set ${missing.join(' and ')} too.`)

  const value = (name: string) => env[name]?.trim() ?? ''
  const munchkinId = value(VARIABLES.munchkinId).toUpperCase()
  if (!/^\d{3}-[A-Z]{3}-\d{3}$/.test(munchkinId)) {
    throw new StartError(`${VARIABLES.munchkinId} must look like 123-ABC-456 (Admin > Munchkin in Marketo).`)
  }
  return { munchkinId, clientId: value(VARIABLES.clientId), clientSecret: value(VARIABLES.clientSecret) }
}
