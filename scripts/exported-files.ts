import { readdirSync, readFileSync } from 'fs'
import { dirname, join, sep } from 'path'

const ROOT = join(__dirname, '..')

/** The exported files, by their path in the destination's folder. */
export function exportedFiles(): Map<string, string> {
  const files = new Map<string, string>()
  const sources = filesIn(join(ROOT, 'src'))
  for (const path of sources) files.set(path, textOf('src', path))
  const actions = new Set(sources.filter((path) => path.endsWith('/index.ts')).map((path) => dirname(path)))
  for (const path of filesIn(join(ROOT, '__tests__', 'exported'))) {
    const text = textOf('__tests__/exported', path)
    const [folder, ...inside] = path.split('/')
    if (actions.has(folder)) files.set(`${folder}/__tests__/${inside.join('/')}`, besideItsAction(text))
    else files.set(`__tests__/${path}`, fromItsFolder(text))
  }
  return files
}

const textOf = (folder: string, path: string): string => readFileSync(join(ROOT, folder, path), 'utf8')

/** In a checkout, the tests are inside the destination. Here they are beside `src`. */
function fromItsFolder(test: string): string {
  return test
    .replace(/ from '((?:\.\.\/)+)\.\.\/src\/(.*)'/g, " from '$1$2'")
    .replace(/ from '((?:\.\.\/)+)\.\.\/src'/g, " from '$1index'")
}

/** The tests of an action are in its own folder there. What all tests share stays with the tests of the destination. */
const besideItsAction = (test: string): string =>
  fromItsFolder(test).replace(/ from '\.\.\/__helpers__\//g, " from '../../__tests__/__helpers__/")

/** All files in a folder and in those inside it, each with its path from that folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)).map((path) => `${entry.name}/${path}`) : [entry.name]
    )
    .map((path) => path.split(sep).join('/'))
    .sort()
}
