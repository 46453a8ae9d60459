import { readdirSync, readFileSync } from 'fs'
import { join, sep } from 'path'

const ROOT = join(__dirname, '..')

/** The exported files, by their path in the destination's folder. */
export function exportedFiles(): Map<string, string> {
  const files = new Map<string, string>()
  for (const path of filesIn(join(ROOT, 'src'))) files.set(path, textOf('src', path))
  for (const path of filesIn(join(ROOT, '__tests__', 'exported'))) {
    files.set(`__tests__/${path}`, fromItsFolder(textOf('__tests__/exported', path)))
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

/** All files in a folder and in those inside it, each with its path from that folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)).map((path) => `${entry.name}/${path}`) : [entry.name]
    )
    .map((path) => path.split(sep).join('/'))
    .sort()
}
