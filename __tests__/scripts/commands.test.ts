import { spawnSync } from 'child_process'
import { mkdtempSync, readFileSync, rmSync } from 'fs'
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
  it.each([
    ['nowhere', 'nowhere is not a checkout of action-destinations: it does not exist.'],
    ['docs', 'docs is not a checkout of action-destinations: it has no packages.']
  ])('says what is missing in %s', (given, words) => {
    const { stderr, status } = run('scripts/export.ts', join(ROOT, given))
    expect(status).toBe(1)
    expect(stderr).toContain(words)
  })
})
