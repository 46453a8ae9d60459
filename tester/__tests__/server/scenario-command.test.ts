import { execFile } from 'child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { promisify } from 'util'

const COMMAND = join(__dirname, '../../scenario.ts')

/** @returns the exit code and everything that the command says */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  return promisify(execFile)(process.execPath, ['-r', 'tsx/cjs', COMMAND, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, said: stdout + stderr })
  )
}

const scenario = {
  version: 1,
  scenario: {
    eventText: JSON.stringify([
      { type: 'identify', userId: 'u-1', traits: { email: 'ann@example.com' } },
      { type: 'identify', userId: 'null', traits: { email: 'bob@example.com' } },
      { type: 'track', event: 'Nobody takes it' }
    ]),
    settings: { trackAnonymousActivity: false, munchkinId: '999-XYZ-999' },
    mappings: [
      {
        ...{ id: 'm', name: 'People', action: 'upsertLead', subscribe: 'type = "identify"', enabled: true },
        mapping: { userId: { '@path': '$.userId' }, email: { '@path': '$.traits.email' }, enable_batching: true }
      }
    ]
  }
}

describe('The scenario command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'))
  const file = join(folder, 'scenario.json')
  afterAll(() => rmSync(folder, { recursive: true }))

  it('saves what comes out, passes while nothing changes, and says what differs', async () => {
    writeFileSync(file, JSON.stringify(scenario))
    expect(await run(file)).toEqual({ code: 1, said: expect.stringContaining('--save') as string })

    expect((await run(file, '--save')).code).toBe(0)
    const { expected } = JSON.parse(readFileSync(file, 'utf8')) as { expected: object[] }
    expect(expected).toEqual([
      { event: 1, mapping: 'People', status: 200, sent: { userId: 'u-1', email: 'ann@example.com' } },
      { event: 2, mapping: 'People', status: 400, message: expect.stringContaining('User ID') as string },
      { event: 3 }
    ])
    expect(await run(file)).toEqual({ code: 0, said: 'All 3 outcomes are as expected.\n' })

    const changed = readFileSync(file, 'utf8').replace('"@path": "$.traits.email"', '"@path": "$.traits.mail"')
    writeFileSync(file, changed)
    const { code, said } = await run(file)
    expect(code).toBe(1)
    expect(said).toContain('Event 1, People: sent is {"userId":"u-1"}, expected')
    expect(said).toContain('1 of 3 outcomes differ.')
  }, 120_000)

  it('refuses a file that is no scenario', async () => {
    writeFileSync(file, '{"type":"page"}')
    expect(await run(file)).toEqual({ code: 1, said: expect.stringContaining('not a scenario') as string })
  })
})
