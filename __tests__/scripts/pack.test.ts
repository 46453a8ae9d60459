/** Runs with `npm run test:pack`. It needs the npm registry, so `npm test` leaves it out. */
import { execFile } from 'child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { promisify } from 'util'
import ts from 'typescript'
import { CLASSIC_DOCUMENTATION } from '../../examples/classic-documentation'
import { startSandbox } from '../../sandbox'

const ROOT = join(__dirname, '..', '..')
const run = promisify(execFile)

/** The oldest Node that package.json allows, and the newer ones with long-term support. */
const OTHER_NODES = process.platform === 'linux' ? ['18.17', '22', '24'] : []

interface Packed {
  filename: string
  files: { path: string }[]
}

describe('The packed package', () => {
  let folder: string
  let files: string[]

  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const inPackage = (path: string) => join('node_modules/actions-marketo-v2', path)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'))
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT })
    const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as Packed[]
    files = packed.files.map(({ path }) => path)
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    await run('npm', ['install', '--no-audit', '--no-fund', `./${packed.filename}`], { cwd: folder })
  }, 300_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('contains the compiled destination, its ES module, README, CHANGELOG and LICENSE, and nothing else', () => {
    const others = files.filter((path) => !/^dist\/.+\.(js|js\.map|d\.ts)$/.test(path))
    expect(others.sort()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'esm/index.d.mts', 'esm/index.mjs', 'package.json']
    ])
    for (const module of ['index', 'upsertLead/index', 'sendCustomActivity/index', 'visitWebPage/index']) {
      for (const ending of ['js', 'js.map', 'd.ts']) expect(files).toContain(`dist/${module}.${ending}`)
    }
  })

  it('has source maps that include the sources', () => {
    const { sourcesContent } = JSON.parse(read(inPackage('dist/index.js.map'))) as { sourcesContent?: string[] }
    expect(sourcesContent).toEqual([readFileSync(join(ROOT, 'src/index.ts'), 'utf8')])
  })

  it("has a README that names nothing outside the package, and leaves the repository's README unchanged", () => {
    const links = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target)
    const packed = read(inPackage('README.md'))
    expect(links(packed)).toContain('https://segment.com')
    expect(links(packed).filter((target) => !target.startsWith('https://'))).toEqual([])
    expect(packed).toContain("import marketo from 'actions-marketo-v2'")
    expect(packed).toContain('Some actions need more.\n\n## ')
    expect(packed).not.toMatch(/docs\/|src\/|npm run|npm start|<!--/)
    expect(links(readFileSync(join(ROOT, 'README.md'), 'utf8'))).toContain('docs/destination.md')
  })

  it('has a typed default export for ES modules', async () => {
    writeFileSync(
      join(folder, 'module.mts'),
      `import marketo from 'actions-marketo-v2'
const slug: string | undefined = marketo.slug
// @ts-expect-error -- a definition has no such member, and is not of type any
export default [slug, marketo.nothing]
`
    )
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext']
    const { stdout: problems } = await run(process.execPath, [tsc, ...options, 'module.mts'], { cwd: folder }).catch(
      (error: { stdout: string }) => error
    )
    expect(problems).toBe('')
    writeFileSync(join(folder, 'module.mjs'), "import marketo from 'actions-marketo-v2'\nconsole.log(marketo.slug)\n")
    expect((await run(process.execPath, ['module.mjs'], { cwd: folder })).stdout).toBe('actions-marketo-v2\n')
  })

  /** Installs a version of Node from the npm registry, in its own folder to keep it out of the package's. */
  async function nodeOf(version: string): Promise<string> {
    const name = `node-linux-${process.arch}`
    const prefix = join(folder, 'nodes', version)
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', prefix, `${name}@${version}`])
    const node = join(prefix, 'node_modules', name, 'bin/node')
    expect((await run(node, ['--version'])).stdout).toContain(`v${version}.`)
    return node
  }

  it('has types that TypeScript accepts', async () => {
    writeFileSync(
      join(folder, 'typed.ts'),
      `import { Destination } from '@segment/actions-core'
import marketo from 'actions-marketo-v2'
const slug: string | undefined = new Destination(marketo).definition.slug
// @ts-expect-error -- a definition has no such member, and is not of type any
export default [slug, marketo.nothing]
`
    )
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'commonjs']
    const { stdout } = await run(process.execPath, [tsc, ...options, 'typed.ts'], { cwd: folder }).catch(
      (error: { stdout: string }) => error
    )
    expect(stdout).toBe('')
  })

  it('installs only one fast-uri, older than 3.1.6, which accepts the names of our actions', () => {
    const found = readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('fast-uri/package.json'))
      .map((path) => (JSON.parse(read(join('node_modules', path))) as { version: string }).version)
    expect(found).toHaveLength(1)
    const [major, minor, patch] = found[0].split('.').map(Number)
    expect(major * 1e6 + minor * 1e3 + patch).toBeLessThan(3_001_006)
  })

  it('of the sandbox starts a Marketo where nothing else is installed', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'sandbox-'))
    try {
      const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', alone, '-w', 'sandbox'], {
        cwd: ROOT
      })
      const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as Packed[]
      writeFileSync(join(alone, 'package.json'), '{ "private": true }')
      await run('npm', ['install', '--no-audit', '--no-fund', `./${filename}`], { cwd: alone })
      expect((await run('npx', ['marketo-sandbox', '--help'], { cwd: alone })).stdout).toMatch(/^Usage: /)
      const started =
        "require('marketo-sandbox').startSandbox().then((sandbox) => sandbox.close()).then(() => console.log('ok'))"
      expect((await run(process.execPath, ['-e', started], { cwd: alone })).stdout).toBe('ok\n')
      expect(existsSync(join(alone, 'node_modules/marketo-sandbox/dist/browser/public/munchkin.js'))).toBe(true)
    } finally {
      rmSync(alone, { recursive: true, force: true })
    }
  })

  it.each(['this', ...OTHER_NODES])('runs the sample events of the classic destination on %s Node', async (version) => {
    const node = version === 'this' ? process.execPath : await nodeOf(version)
    copyFileSync(join(__dirname, 'packed-events.js'), join(folder, 'packed-events.js'))
    writeFileSync(join(folder, 'events.json'), JSON.stringify(CLASSIC_DOCUMENTATION))
    const route = ts.transpileModule(readFileSync(join(ROOT, 'sandbox/route-marketo.ts'), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020, esModuleInterop: true }
    })
    writeFileSync(join(folder, 'route-marketo.js'), route.outputText)
    expect(existsSync(join(folder, inPackage('src')))).toBe(false)

    const sandbox = await startSandbox()
    try {
      const { stdout } = await run(node, ['packed-events.js', String(sandbox.port)], { cwd: folder })
      expect(JSON.parse(stdout)).toEqual([200, 200, 202])
      const state = sandbox.state()
      const lead = state.leads.find(({ fields }) => fields.userId === '1234')
      expect(lead?.fields).toMatchObject({
        email: 'rihanna@example.com',
        firstName: 'Robyn Rihanna',
        dateOfBirth: '1988-02-20',
        postalCode: '97405'
      })
      expect(state.visits).toMatchObject([{ url: '/docs/connections/sources/catalog/libraries/server/node' }])
      expect(state.activities).toEqual([expect.objectContaining({ leadId: lead?.id, primaryAttributeValue: 'Alex' })])
    } finally {
      await sandbox.close()
    }
  })
})
