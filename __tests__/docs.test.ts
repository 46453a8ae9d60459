import { existsSync, readdirSync, readFileSync } from 'fs'
import { dirname, join } from 'path'
import * as destination from '../package.json'
import * as sandbox from '../sandbox/package.json'
import * as tester from '../tester/package.json'
import { errorTable } from '../scripts/error-table'
import { filesIn } from '../scripts/exported-files'
import { fillIn, withSections } from '../scripts/markdown'
import { CODES } from '../src/marketo/transport/errors'
import { countsOf } from '../src/segment/outcome-metrics'

const ROOT = join(__dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'src/README.md', 'sandbox/README.md', 'tester/README.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
]

const withoutCode = (page: string) => page.replace(/```[^]*?```/g, '')

/** The anchors that GitHub generates for the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...withoutCode(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-')
  )
}

describe.each(PAGES)('%s', (page) => {
  const text = read(page)

  it('has no broken link', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link)
    const broken = links
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#')
        const target = path ? join(dirname(page), path) : page
        return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
      })
    expect(broken).toEqual([])
  })

  it('names only commands that exist', () => {
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name)
    expect(commands.filter((name) => !(name in destination.scripts))).toEqual([])
  })
})

describe('docs/operations.md', () => {
  const page = read('docs/operations.md')
  const inSource = (pattern: RegExp) =>
    filesIn(join(ROOT, 'src')).flatMap((path) => [...read(`src/${path}`).matchAll(pattern)].map(([, name]) => name))

  it('explains each counter and time, and no other', () => {
    const named = [...page.matchAll(/^\| `(\w+)` +\| (?:counter|histogram)/gm)].map(([, name]) => name)
    const ofCalls = inSource(/metrics\.(?:count|time)\('(\w+)'/g)
    const ofBatches = countsOf([{ status: 200, sent: {}, body: {} }]).map(([name]) => name)
    expect(named.sort()).toEqual([...new Set([...ofCalls, ...ofBatches])].sort())
  })

  it('names each switch, and no other', () => {
    const named = [...page.matchAll(/^\| `(actions-marketo-v2-[\w-]+)`/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual(inSource(/'(actions-marketo-v2-no-[\w-]+)'/g).sort())
  })
})

describe('docs/destination.md and its reference', () => {
  const setUp = read('docs/destination.md')
  const page = read('docs/destination-reference.md')

  it('tells the set-up in few lines, besides the tables that are generated', () => {
    const written = setUp.replace(/<!-- (\w+) -->[^]*?<!-- \/\1 -->/g, '')
    expect(written.split('\n').length).toBeLessThanOrEqual(220)
  })

  it("use a marketer's words, and no word of the code for what the response names", () => {
    // Messages of Marketo's table come from the code, and the last part of the reference is for developers.
    const written = `${setUp}${page.replace(/<!-- errors -->[^]*<!-- \/errors -->/, '')}`
    expect(
      written.match(/leftOut|notMerged|webActivity|look-?up(?! Field)\w*|computation ID|process\w*|outcomes?\b/gi)
    ).toBeNull()
    expect(written.match(/.*\btakes?\b.*/gi)).toBeNull()
    expect(written.match(/.*[^I] calls?\b(?! Identify).*/g)).toBeNull()
  })

  it('lists every refusal of an event under "What this destination refuses", with its words', () => {
    const source = filesIn(join(ROOT, 'src'))
      .map((path) => read(`src/${path}`))
      .join('\n')
      // The code splits long messages into several strings.
      .replace(/['`]\s*\+\s*['`]/g, '')
    const [, section] = /### What this destination refuses([^]*?)\n##/.exec(page) ?? []
    const quoted = [...section.matchAll(/^\| _(.+?)_ /gm)].map(([, message]) => message)
    expect(quoted.filter((message) => !source.includes(message))).toEqual([])
    const refusals = [...source.matchAll(/new PayloadValidationError\(\s*(['"`])([^]*?)\1\s*\)/g)].map(
      ([, , text]) => text
    )
    expect(refusals.length).toBeGreaterThan(10)
    expect(refusals.filter((refusal) => !quoted.some((message) => refusal.includes(message)))).toEqual([])
  })

  it('lists every error code that has a remedy', () => {
    CODES.set('12345', [400, 'Do this.'])
    try {
      expect(errorTable).toThrow('12345 end differently')
    } finally {
      CODES.delete('12345')
    }
    expect(errorTable()).toContain('| 606 ')
  })

  it('groups error codes only if they have the same outcome', () => {
    const former = CODES.get('602') ?? [503]
    for (const other of [
      [400, former[1]],
      [503, 'Do something else.']
    ] as [number, string?][]) {
      CODES.set('602', other)
      try {
        expect(errorTable).toThrow('601, 602 end differently')
      } finally {
        CODES.set('602', former)
      }
    }
  })

  it('gets a section for a new action, after the action before it, with a place for its fields', () => {
    const [old, added] = ['old', 'added'].map((name) => ({ name, title: `The ${name}`, description: `It is ${name}.` }))
    const before = '### The old\n\n<!-- old -->\n<!-- /old -->\n\n## Next'
    expect(withSections(before, [old, added])).toBe(
      before.replace('\n\n## Next', '\n\n### The added\n\nIt is added.\n\n<!-- added -->\n<!-- /added -->\n\n## Next')
    )
    expect(withSections(before, [old])).toBe(before)
    const [first] = withSections(before, [old, added, { ...old, name: 'last' }]).split('<!-- last -->')
    expect(first).toContain('<!-- /added -->')
  })

  it('has a place for each table', () => {
    expect(fillIn(setUp, { nothing: 'x' })).toEqual({ page: setUp, missing: ['nothing'] })
    expect(fillIn('<!-- a -->\n\nold $1\n\n<!-- /a -->', { a: 'new $&' }).page).toBe(
      '<!-- a -->\n\nnew $&\n\n<!-- /a -->'
    )
  })
})

it('docs/decisions.md has a reason for each dependency, and for nothing else', () => {
  const rows = read('docs/decisions.md').match(/^\| `.*$/gm) ?? []
  const named = rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name))
  const replacements = Object.values(destination.overrides.vite).map((version) =>
    version.replace(/^npm:(.+)@.*$/, '$1')
  )
  const dependencies = [
    ...[destination.dependencies, destination.devDependencies, sandbox.dependencies],
    ...[tester.dependencies, tester.devDependencies]
  ]
  const installed = [...dependencies.flatMap((names) => Object.keys(names)), ...replacements]
  const matches = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
  expect(installed.filter((name) => !named.some((pattern) => matches(pattern, name)))).toEqual([])
  expect(named.filter((pattern) => !installed.some((name) => matches(pattern, name)))).toEqual([])
})
