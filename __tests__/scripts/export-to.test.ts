import { spawnSync } from 'child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'fs'
import { tmpdir } from 'os'
import { join, posix, resolve } from 'path'
import { exportedFiles } from '../../scripts/exported-files'
import { planExport } from '../../scripts/export-to'
import { joinedMetadata } from '../../scripts/joined-metadata'
import { webPackageFiles, webPackages } from '../../scripts/web-packages'
import destination from '../../src'
import { Refusal } from '../../migration/refusal'

const FILES = new Map([
  ['index.ts', 'export default {}\n'],
  ['upsertLead/index.ts', 'export {}\n']
])

function exportTo(checkout: string, files: Map<string, string>) {
  const { exported, carryOut } = planExport(checkout, files)
  carryOut()
  return exported
}

describe('The exported files', () => {
  const files = exportedFiles()

  it('include all of src, unchanged', () => {
    expect(files.get('index.ts')).toBe(readFileSync(join(__dirname, '../../src/index.ts'), 'utf8'))
    expect(files.get('marketo/calls/all-calls.ts')).toBe(
      readFileSync(join(__dirname, '../../src/marketo/calls/all-calls.ts'), 'utf8')
    )
    expect(files.has('metadata.json') && files.has('visitWebPage/generated-types.ts')).toBe(true)
  })

  it('include a page that says what is where, and no other docs', () => {
    expect([...files.keys()].filter((path) => path.endsWith('.md'))).toEqual(['README.md'])
    const folders = [...files.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0])
    const named = [...(files.get('README.md') ?? '').matchAll(/^\| `(\w+)\/`/gm)].map(([, folder]) => folder)
    expect(named.sort()).toEqual([...new Set(folders)].sort())
  })

  it('include unit tests and a snapshot in the folder of each action, where the generator puts them', () => {
    for (const action of Object.keys(destination.actions)) {
      const inAction = (path: string) => files.get(`${action}/__tests__/${path}`)
      expect(inAction('index.test.ts')).toContain(`describe('MarketoV2.${action}'`)
      expect(inAction('snapshot.test.ts')).toContain(`testSnapshotsOf('${action}')\n`)
      expect(inAction('__snapshots__/snapshot.test.ts.snap')).toContain(
        `actions-marketo-v2's ${action} destination action`
      )
    }
  })

  it("include the destination's tests and the shared helpers in its own __tests__ folder", () => {
    const tests = [...files.keys()].filter((path) => path.startsWith('__tests__/') && path.endsWith('.test.ts'))
    expect(tests.map((path) => path.slice('__tests__/'.length))).toEqual([
      'audiences.test.ts',
      'dynamicFields.test.ts',
      'index.test.ts',
      'requests.test.ts'
    ])
    expect(files.get('__tests__/index.test.ts')).toContain("import destination from '../index'")
    expect(files.get('__tests__/__helpers__/marketo.ts')).toContain("from '../../generated-types'")
  })

  it('import only exported files', () => {
    const broken = [...files]
      .filter(([path]) => path.endsWith('.ts'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/ from '(\.[^']*)'/g)]
          .map(([, imported]) => posix.join(posix.dirname(path), imported))
          .filter((target) => !['.ts', '/index.ts'].some((end) => files.has(target + end)))
          .map((target) => `${path} imports ${target}`)
      )
    expect(broken).toEqual([])
  })

  it('have no line over 120 characters where the export changes an import', () => {
    const tests = [...files].filter(([path]) => path.includes('__tests__/') && path.endsWith('.ts'))
    expect(
      tests.flatMap(([, text]) => text.match(/^.* from '.{1,}'$/gm) ?? []).filter((line) => line.length > 120)
    ).toEqual([])
  })
})

describe.each(webPackages)('The exported files of $name', ({ name }) => {
  const files = webPackageFiles(name)

  it('import nothing from the cloud destination', () => {
    expect([...files].filter(([, text]) => /from '[./]*\.\.\/src\//.test(text))).toEqual([])
  })

  it("are published as the checkout's other web packages are", () => {
    const checkout = mkdtempSync(join(tmpdir(), 'export-'))
    const other = join(checkout, 'packages/browser-destinations/destinations/other')
    mkdirSync(other, { recursive: true })
    const publishConfig = { access: 'public', registry: 'https://registry.example.com' }
    const published = () => JSON.parse(webPackageFiles(name, checkout).get('package.json') ?? '') as object
    writeFileSync(join(other, 'package.json'), '{}')
    expect(published()).toMatchObject({ publishConfig: { access: 'public' } })
    writeFileSync(join(other, 'package.json'), JSON.stringify({ publishConfig }))
    expect(published()).toEqual({ ...(JSON.parse(files.get('package.json') ?? '') as object), publishConfig })
    rmSync(checkout, { recursive: true })
  })

  it('include metadata, types, tests and a package.json', () => {
    const expected = ['metadata.json', 'package.json', 'src/generated-types.ts', 'src/__tests__/index.test.ts']
    expect([...files.keys()]).toEqual(expect.arrayContaining(expected))
  })
})

it.each([
  ['segment/traits.ts', 'src/shared/traits.ts'],
  ['leads/who/artifacts.ts', 'src/shared/artifacts.ts'],
  ['marketo/transport/munchkin-id.ts', 'src/shared/munchkin-id.ts'],
  ['marketo/values/written-date.ts', 'src/shared/written-date.ts'],
  ['marketo/values/date-formats.ts', 'src/shared/date-formats.ts']
])('The export of the web destination includes an unchanged copy of src/%s', (shared, exported) => {
  const text = readFileSync(join(__dirname, '../../src', shared), 'utf8')
  expect(webPackageFiles('marketo-v2-web').get(exported)).toBe(text)
})

it('The exported metadata of the cloud destination includes the cookie plugin once both are registered', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'export-'))
  const register = (folder: string, line: string) => {
    mkdirSync(join(checkout, folder), { recursive: true })
    writeFileSync(join(checkout, folder, 'index.ts'), line)
  }
  register('packages/destination-actions/src/destinations', "register('1', './marketo-v2')\n")
  expect(joinedMetadata(checkout)).toBeUndefined()
  register(
    'packages/destinations-manifest/src',
    "register('1', '@segment/analytics-browser-actions-marketo-v2-plugins')\n"
  )
  const { actions, ...joined } = JSON.parse(joinedMetadata(checkout) ?? '') as { actions: object }
  const alone = JSON.parse(exportedFiles().get('metadata.json') ?? '') as { actions: object }
  expect({ ...joined, actions: alone.actions }).toEqual(alone)
  expect(Object.keys(actions)).toEqual([...Object.keys(alone.actions), 'marketoCookie'])
  rmSync(checkout, { recursive: true })
})

describe.each(['in git', 'in a folder of a repository', 'without git'])('An export into a checkout %s', (kind) => {
  let repository: string
  let checkout: string
  let folder: string
  const git = (...command: string[]) => {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
    const { status, stderr } = spawnSync('git', ['-C', repository, ...author, ...command], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  const path = (file: string) => join(folder, file)
  const text = (file: string) => readFileSync(path(file), 'utf8')

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'export-'))
    checkout = kind === 'in a folder of a repository' ? join(repository, 'vendored/action-destinations') : repository
    const destinations = join(checkout, 'packages/destination-actions/src/destinations')
    mkdirSync(destinations, { recursive: true })
    writeFileSync(join(destinations, 'index.ts'), "register('1', './slack')\n")
    folder = join(destinations, 'marketo-v2')
    if (kind !== 'without git') {
      git('init', '-q')
      git('add', '.')
      git('commit', '-qm', 'Start')
    }
  })

  afterEach(() => rmSync(repository, { recursive: true }))

  it('writes all files and returns the folder', () => {
    expect(exportTo(checkout, FILES)).toEqual({
      folder,
      written: ['index.ts', 'upsertLead/index.ts'],
      removed: [],
      others: [],
      registered: false
    })
    expect(text('upsertLead/index.ts')).toBe('export {}\n')
  })

  it('writes nothing before it is carried out', () => {
    planExport(checkout, FILES)
    expect(existsSync(folder)).toBe(false)
  })

  it('writes nothing the second time', () => {
    exportTo(checkout, FILES)
    const before = statSync(path('index.ts')).mtimeMs
    expect(exportTo(checkout, FILES)).toMatchObject({ written: [], removed: [] })
    expect(statSync(path('index.ts')).mtimeMs).toBe(before)
  })

  it('refuses to overwrite a changed file, and then writes no file at all', () => {
    exportTo(checkout, FILES)
    appendFileSync(path('index.ts'), '// mine\n')
    const newer = new Map([...FILES].map(([file, source]) => [file, `${source}// newer\n`]))
    expect(() => exportTo(checkout, newer)).toThrow(Refusal)
    expect(() => exportTo(checkout, newer)).toThrow(/would be lost:\n {2}index\.ts\n/)
    expect(text('index.ts')).toBe('export default {}\n// mine\n')
    expect(text('upsertLead/index.ts')).toBe('export {}\n')
  })

  it("keeps other people's files, and lists them", () => {
    exportTo(checkout, FILES)
    writeFileSync(path('notes.md'), 'mine')
    expect(exportTo(checkout, FILES)).toMatchObject({ written: [], removed: [], others: ['notes.md'] })
    expect(text('notes.md')).toBe('mine')
  })

  it("refuses to overwrite another person's file", () => {
    mkdirSync(folder)
    writeFileSync(path('index.ts'), '// another')
    expect(() => exportTo(checkout, FILES)).toThrow(Refusal)
    expect(readdirSync(folder)).toEqual(['index.ts'])
  })

  it('detects that the destination is registered', () => {
    appendFileSync(join(folder, '../index.ts'), "register('2', './marketo-v2')\n")
    expect(exportTo(checkout, FILES).registered).toBe(true)
  })

  it('refuses a folder that is not a checkout of action-destinations', () => {
    expect(() => exportTo(folder, FILES)).toThrow(/is not a checkout of action-destinations/)
    expect(existsSync(folder)).toBe(false)
  })

  if (kind !== 'without git') {
    it('replaces an older version that it wrote itself', () => {
      exportTo(checkout, FILES)
      expect(exportTo(checkout, new Map([['index.ts', 'export default { newer: true }\n']]))).toMatchObject({
        written: ['index.ts'],
        removed: ['upsertLead/index.ts']
      })
      expect(text('index.ts')).toBe('export default { newer: true }\n')
    })

    it('overwrites committed files, because git keeps the old version', () => {
      mkdirSync(folder)
      writeFileSync(path('index.ts'), '// committed')
      git('add', '.')
      git('commit', '-qm', 'An older export')
      expect(exportTo(checkout, FILES).written).toContain('index.ts')
    })

    it('refuses to overwrite an uncommitted change to a committed file', () => {
      exportTo(checkout, FILES)
      git('add', '.')
      git('commit', '-qm', 'An export')
      appendFileSync(path('index.ts'), '// mine\n')
      expect(() => exportTo(checkout, FILES)).toThrow(Refusal)
    })

    it('adds only the folder to the checkout', () => {
      exportTo(checkout, FILES)
      const { stdout } = spawnSync('git', ['-C', checkout, 'status', '--porcelain', '.'], { encoding: 'utf8' })
      expect(stdout).toMatch(/^\?\? (vendored\/action-destinations\/)?packages\/\S+\/destinations\/marketo-v2\/\n$/)
    })

    it.each(['', '{', 'null', '[]'])('treats no file as its own if its record is %j', (record) => {
      exportTo(checkout, FILES)
      const { stdout } = spawnSync('git', ['-C', checkout, 'rev-parse', '--git-path', 'marketo-v2-export.json'], {
        encoding: 'utf8'
      })
      writeFileSync(resolve(checkout, stdout.trim()), record)
      expect(exportTo(checkout, FILES)).toMatchObject({ written: [] })
      writeFileSync(resolve(checkout, stdout.trim()), record)
      expect(() => exportTo(checkout, new Map([['index.ts', '// newer\n']]))).toThrow(Refusal)
    })
  }
})
