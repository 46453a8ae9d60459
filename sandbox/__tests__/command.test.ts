import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const COMMAND = join(__dirname, '../bin.js')

let command: ChildProcess | undefined

/** Starts the command on a free port. @returns where it answers */
async function start(...given: string[]): Promise<string> {
  command = spawn(process.execPath, [COMMAND, '--port', '0', ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of command.stdout ?? []) {
    said += String(chunk)
    const [, url] = /^Marketo +(\S+)/m.exec(said) ?? []
    if (url && said.includes('Ctrl+C stops it.')) return url
  }
  throw new Error(`It did not start: ${said}`)
}

afterEach(async () => {
  if (command?.exitCode === null && command.kill('SIGTERM')) await once(command, 'close')
  command = undefined
})

const json = async (url: string, init?: RequestInit) => (await (await fetch(url, init)).json()) as unknown

async function tokenOf(url: string, id = 'sandbox', secret = 'sandbox'): Promise<string | undefined> {
  const query = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  const answer = await json(`${url}/identity/oauth/token?${query.toString()}`)
  return (answer as { access_token?: string }).access_token
}

it('marketo-sandbox answers at localhost as Marketo does at its host', async () => {
  const url = await start()
  expect(url).toMatch(/^http:\/\/localhost:\d+$/)
  const headers = { authorization: `Bearer ${await tokenOf(url)}` }
  const found = await json(`${url}/rest/v1/leads.json?filterType=email&filterValues=ada.lovelace@example.com`, {
    headers
  })
  expect(found).toMatchObject({ success: true, result: [{ firstName: 'Ada' }] })
  const script = await fetch(`${url}/munchkin.js`)
  expect(await script.text()).toContain('Munchkin')
  expect(await json(`${url}/sandbox/state`)).toMatchObject({ instance: '123-ABC-456' })
})

it('marketo-sandbox takes the credentials that the tested client has', async () => {
  const own = ['--munchkin-id', '999-zzz-000', '--client-id', 'mine', '--client-secret', 's3cr3t']
  const url = await start(...own)
  expect(await tokenOf(url)).toBeUndefined()
  expect(await tokenOf(url, 'mine', 's3cr3t')).toMatch(/./)
  expect(await json(`${url}/sandbox/state`)).toMatchObject({ instance: '999-ZZZ-000' })
})

it('marketo-sandbox stops on Ctrl+C, even with an open connection', async () => {
  const url = await start()
  await fetch(`${url}/munchkin.js`)
  command?.kill('SIGINT')
  expect(await once(command as ChildProcess, 'close')).toEqual([0, null])
})

const run = (...given: string[]) => spawnSync(process.execPath, [COMMAND, ...given], { encoding: 'utf8' })

it('marketo-sandbox --help says what it takes', () => {
  expect(run('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Usage: /) as string })
})

it.each([
  [['--force'], /^Unknown option '--force'\.\n\nUsage: /],
  [['--port', 'http'], /^--port must be a number .*"http"\.\n$/],
  [['--munchkin-id', '123'], /^--munchkin-id must look like 123-ABC-456, not "123"\.\n$/]
])('marketo-sandbox %j starts nothing and says what is wrong', (given, words) => {
  expect(run(...given)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(words) as string })
})

it('marketo-sandbox says that its port is taken', async () => {
  const { port } = new URL(await start())
  const { status, stderr } = run('--port', port)
  expect(status).toBe(1)
  expect(stderr).toBe(`Port ${port} is taken. Stop what runs there, or choose another: --port ${Number(port) + 1}\n`)
})
