import { spawn } from 'child_process'
import { once } from 'events'
import { join } from 'path'

const START = join(__dirname, '../../start.ts')

export interface StartedServer {
  url: string
  close: () => Promise<void>
}

/**
 * Starts what `npm start` runs, on a free port. It builds the page first if that has not been done.
 * @param environment further variables
 */
export async function startServer(environment: Record<string, string> = {}): Promise<StartedServer> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MARKETO_'))
  const child = spawn(process.execPath, ['-r', 'tsx/cjs', START], {
    env: { ...Object.fromEntries(own), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const [, started] = /Test server +(http:\S+)/.exec(said) ?? []
      if (started && said.includes('Ctrl+C stops it.')) resolve(started)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', () => reject(new Error(`It did not start: ${said}`)))
  })
  const close = async () => {
    if (child.kill('SIGTERM')) await once(child, 'close')
  }
  return { url, close }
}
