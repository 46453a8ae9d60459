import { spawnSync } from 'child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'

const ROOT = join(__dirname, '../..')
const EXAMPLE = join(ROOT, 'docs/examples/classic-destination.json')
const COMMANDS = [
  'scripts/migrate.ts',
  'scripts/check-setup.ts',
  'scripts/rehearse.ts',
  'scripts/export.ts',
  'scripts/generate.ts',
  'scripts/validate.ts',
  'scripts/codecov.ts',
  'bench/run.ts'
]

const run = (command: string, ...given: string[]) =>
  spawnSync(process.execPath, ['-r', 'tsx/cjs', join(ROOT, command), ...given], { encoding: 'utf8', input: '' })

describe.each(COMMANDS)('%s', (command) => {
  it('prints its usage', () => {
    const { stdout, stderr, status } = run(command, '--help')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/^Usage: /)
  })

  it('refuses an unknown option and does nothing', () => {
    const { stdout, stderr, status } = run(command, '--force')
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
    expect(stderr).toMatch(/^Unknown option '--force'\.\n\nUsage: /)
  })
})

describe('The migration command', () => {
  it('writes to a file with --out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrate-'))
    try {
      const out = join(folder, 'migration.json')
      const { stdout, status } = run('scripts/migrate.ts', EXAMPLE, '--out', out)
      expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
      expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(
        JSON.parse(run('scripts/migrate.ts', EXAMPLE, '--out', '-').stdout)
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('The export command', () => {
  const CLOUD = 'packages/destination-actions/src/destinations'
  const WEB = 'packages/browser-destinations/destinations'
  const MANIFEST = 'packages/destinations-manifest/src'
  let checkout: string
  const write = (path: string, text: string) => writeFileSync(join(checkout, path), text)

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'export-'))
    for (const folder of [CLOUD, WEB, MANIFEST]) mkdirSync(join(checkout, folder), { recursive: true })
    for (const folder of [CLOUD, MANIFEST]) write(`${folder}/index.ts`, '')
  })

  afterEach(() => rmSync(checkout, { recursive: true }))

  it('writes nothing at all if a change in the last of its folders would be lost', () => {
    mkdirSync(join(checkout, WEB, 'marketo-v2-web'))
    write(`${WEB}/marketo-v2-web/package.json`, '{ "mine": true }')
    const { stdout, stderr, status } = run('scripts/export.ts', checkout)
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
    expect(stderr).toMatch(/would be lost:\n {2}package\.json\n.*Nothing was written\./)
    expect(existsSync(join(checkout, CLOUD, 'marketo-v2'))).toBe(false)
    expect(readdirSync(join(checkout, WEB))).toEqual(['marketo-v2-web'])
  })

  it('says once, and in order, what is left to do: register, export again, install, check', () => {
    const steps = () =>
      run('scripts/export.ts', checkout)
        .stdout.match(/^\d\. .*$/gm)
        ?.map((step) => step.slice(0, 42))
    expect(steps()).toEqual([
      '1. Add to packages/destination-actions/src',
      '2. Add to packages/destinations-manifest/s',
      '3. Add to the dependencies in packages/des',
      "4. Export again: the cookie plugin's actio",
      '5. Run `yarn install`, which links the web',
      '6. Run the checks:'
    ])
    write(`${CLOUD}/index.ts`, "register('1', './marketo-v2')")
    expect(steps()?.[0]).toMatch(/^1\. Add to packages\/destinations-manifest/)
    const names = ['plugins', 'web'].map((name) => `'@segment/analytics-browser-actions-marketo-v2-${name}'`)
    write(`${MANIFEST}/index.ts`, names.join('\n'))
    expect(steps()).toBeUndefined()
  })

  it.each([
    ['nowhere', 'nowhere is not a checkout of action-destinations: it does not exist.'],
    ['docs', 'docs is not a checkout of action-destinations: it has no packages.']
  ])('says what is missing in %s', (given, words) => {
    const { stderr, status } = run('scripts/export.ts', join(ROOT, given))
    expect(status).toBe(1)
    expect(stderr).toContain(words)
  })
})

it('A command ends quietly if nobody reads its output to the end, as with `| head`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'))
  const script = join(folder, 'command.ts')
  writeFileSync(
    script,
    `import { runCommand } from ${JSON.stringify(join(ROOT, 'scripts/invocation'))}
    runCommand({ usage: 'Usage' }, async () => {
      console.log('first')
      // By then, head has ended.
      await new Promise((done) => setTimeout(done, 500))
      for (let i = 0; i < 10; i++) process.stdout.write('more\\n')
    })`
  )
  const piped = 'set -o pipefail; "$0" -r tsx/cjs "$1" | head -1'
  const { stdout, stderr, status } = spawnSync('bash', ['-c', piped, process.execPath, script], { encoding: 'utf8' })
  expect({ stdout, stderr, status }).toEqual({ stdout: 'first\n', stderr: '', status: 0 })
  rmSync(folder, { recursive: true })
})
