import { execFile, spawn, spawnSync } from 'child_process'
import type { ChildProcess } from 'child_process'
import { once } from 'events'
import { cpSync, mkdtempSync, rmSync } from 'fs'
import { connect } from 'net'
import { tmpdir } from 'os'
import { join } from 'path'
import { promisify } from 'util'
import { closeAll, listen, send } from './listening-server'

const ROOT = join(__dirname, '../../..')
const START = join(ROOT, 'tester/start.ts')
const sh = (command: string) => promisify(execFile)('sh', ['-c', command])

const started: ChildProcess[] = []

/** Starts what `npm start` runs. Of the variables that it reads, only those in `env` are set. */
function start(env: Record<string, string>) {
  const own = Object.entries(process.env).filter(([name]) => !/^(PORT$|MARKETO_)/.test(name))
  const child = spawn(process.execPath, ['-r', 'tsx/cjs', START], {
    env: { ...Object.fromEntries(own), ...env }
  })
  started.push(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString()
  })
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const ready = async () => {
    while (!said.stdout.includes('Ctrl+C stops it.')) {
      const ended = await Promise.race([once(child.stdout, 'data').then(() => false), exited.then(() => true)])
      if (ended) throw new Error(`It did not start: ${said.stderr}`)
    }
    return /Test server +(\S+)/.exec(said.stdout)?.[1] ?? ''
  }
  return { child, said, exited, ready }
}

afterEach(async () => {
  closeAll()
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'close')
  }
})

jest.setTimeout(60_000)

it.each([
  ['--help', { status: 0, stderr: '', stdout: /^Usage: npm start\n/ }],
  ['--force', { status: 1, stdout: '', stderr: /^Unknown option '--force'\.\n\nUsage: / }]
])('npm start %s starts nothing and prints the usage', (given, { status, stdout, stderr }) => {
  const said = spawnSync(process.execPath, ['-r', 'tsx/cjs', START, given], { encoding: 'utf8' })
  expect(said.status).toBe(status)
  expect(said.stdout).toMatch(stdout)
  expect(said.stderr).toMatch(stderr)
})

describe('Without node_modules,', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'not-installed-'))
    for (const file of ['package.json', 'scripts/is-installed.js']) cpSync(join(ROOT, file), join(folder, file))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it.each(['start', 'test'])('npm %s says how to install them', (command) => {
    const { status, stderr } = spawnSync('npm', ['--silent', command], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toBe('The dependencies are missing. Run this first: npm install\n')
    expect(status).toBe(1)
  })
})

it('npm start prints a curl command that creates a lead in the sandbox', async () => {
  const { said, ready } = start({ PORT: '0' })
  const url = await ready()
  expect(said.stdout).toMatch(/^Marketo +sandbox \(123-ABC-456\)$/m)
  expect(said.stdout).toMatch(/^ +POST \/sendCustomActivity\/attributes\.__keys__$/m)

  const [curl] = /curl .*/.exec(said.stdout) ?? ['']
  const exchanges = JSON.parse((await sh(curl)).stdout) as { response: { body: unknown } }[]
  expect(exchanges[exchanges.length - 1]).toMatchObject({
    response: { body: { success: true, result: [{ status: 'created' }] } }
  })
  const { json } = await send(url, 'GET', '/sandbox/state')
  const { leads } = json as { leads: { fields: Record<string, unknown> }[] }
  expect(leads.map(({ fields }) => fields)).toContainEqual(
    expect.objectContaining({ email: 'rihanna@example.com', userId: '1234', city: 'Eugene' })
  )
})

it.each(['SIGINT', 'SIGTERM'] as const)(
  'npm start stops on %s, even with an open connection and a pending call',
  async (signal) => {
    const { child, exited, ready } = start({ PORT: '0' })
    const url = await ready()
    await send(url, 'POST', '/sandbox/faults', { endpoint: '*', kind: 'delay', ms: 600_000, times: 9 })
    const underWay = send(url, 'POST', '/authenticate', {}).catch((error: Error) => error)
    while (!(await send(url, 'GET', '/sandbox/state')).text.includes('"identity":1')) await new Promise(setImmediate)
    const idle = connect(Number(new URL(url).port), '127.0.0.1')
    await once(idle, 'connect')
    child.kill(signal)
    expect(await exited).toBe(0)
    expect(await underWay).toMatchObject({ code: 'ECONNRESET' })
    if (!idle.closed) await once(idle, 'close')
  }
)

it.each([
  ['PORT is not a port', { PORT: 'http' }, /^PORT must be a number .*"http"\.\n$/],
  ['two of the three variables for the real Marketo are missing', { MARKETO_CLIENT_SECRET: 's3cr3t' }, /^To talk .*\n$/]
])('npm start says in one line what is wrong when %s', async (_what, env, line) => {
  const { said, exited } = start(env)
  expect(await exited).toBe(1)
  expect(said.stderr).toMatch(line)
  expect(said.stdout).toBe('')
})

it('npm start says that its port is taken', async () => {
  const { port } = new URL(await listen(() => undefined))
  const { said, exited } = start({ PORT: port })
  expect(await exited).toBe(1)
  expect(said.stderr).toBe(
    `Port ${port} is taken. Stop what runs there, or choose another port: PORT=${Number(port) + 1} npm start\n`
  )
})

it('npm start warns that it uses the real Marketo if the environment names one, and does not print the secret', async () => {
  const { said, ready } = start({
    PORT: '0',
    MARKETO_MUNCHKIN_ID: '111-AAA-222',
    MARKETO_CLIENT_ID: 'my-client',
    MARKETO_CLIENT_SECRET: 's3cr3t'
  })
  await ready()
  expect(said.stdout).toMatch(/^Marketo +real \(111-AAA-222\)$/m)
  expect(said.stdout).toContain('Events written there are permanent.')
  expect(said.stdout + said.stderr).not.toContain('s3cr3t')
})
