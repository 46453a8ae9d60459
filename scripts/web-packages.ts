import type { DestinationDefinition, GlobalSetting } from '@segment/actions-core'
import { existsSync, readdirSync, readFileSync } from 'fs'
import { dirname, join, relative } from 'path'
import { destination as plugins } from '../browser/marketo-v2-plugins/src'
import { destination as web } from '../browser/marketo-v2-web/src'
import { filesIn } from './exported-files'

const ROOT = join(__dirname, '..')

/** The parts of a definition that this project's commands read. */
type AnyDefinition = Pick<DestinationDefinition, 'name' | 'slug' | 'description' | 'presets'> & {
  mode: string
  settings?: Record<string, GlobalSetting>
  actions: object
}

/** A web destination as the actions CLI sees it: its settings count as authentication. */
function asCliSeesIt({ settings, ...definition }: AnyDefinition): DestinationDefinition {
  const authentication = settings ? { scheme: 'custom' as const, fields: settings } : undefined
  return { ...definition, authentication } as DestinationDefinition
}

export interface WebPackage {
  /** The folder, here in browser/ and there in browser-destinations/destinations/. */
  name: string
  /** Its name on npm. */
  packageName: string
  version: string
  definition: DestinationDefinition
  /** Whether it is registered under the cloud destination's ID, as a part of it. Otherwise it is a separate destination. */
  joinsCloud: boolean
}

export const webPackages: WebPackage[] = [
  { name: 'marketo-v2-plugins', definition: asCliSeesIt(plugins), joinsCloud: true },
  { name: 'marketo-v2-web', definition: asCliSeesIt(web), joinsCloud: false }
].map((found) => {
  const { name: packageName, version } = packageOf(found.name)
  return { ...found, packageName, version }
})

interface Package {
  name: string
  version: string
}

function packageOf(name: string): Package {
  return JSON.parse(readFileSync(join(ROOT, 'browser', name, 'package.json'), 'utf8')) as Package
}

/**
 * The exported files of a web package, by their path in the package's folder.
 * @param checkout whose web packages say how theirs are published
 */
export function webPackageFiles(name: string, checkout?: string): Map<string, string> {
  const folder = join(ROOT, 'browser', name)
  const files = new Map(filesIn(folder).map((path) => [path, standingAlone(join(folder, path))]))
  const publishConfig = checkout === undefined ? undefined : publishConfigIn(checkout)
  if (publishConfig) {
    const packageJson = JSON.parse(files.get('package.json') ?? '{}') as object
    files.set('package.json', `${JSON.stringify({ ...packageJson, publishConfig }, null, 2)}\n`)
  }
  return files
}

/** How the checkout publishes its web packages: nearly all say the same, with the registry. Undefined if none says it. */
function publishConfigIn(checkout: string): object | undefined {
  const folder = join(checkout, 'packages/browser-destinations/destinations')
  if (!existsSync(folder)) return undefined
  const others = readdirSync(folder).filter((name) => !webPackages.some((ours) => ours.name === name))
  const packages = others.map((name) => join(folder, name, 'package.json')).filter((path) => existsSync(path))
  for (const path of packages) {
    const { publishConfig } = JSON.parse(readFileSync(path, 'utf8')) as { publishConfig?: object }
    if (publishConfig) return publishConfig
  }
  return undefined
}

/**
 * Cloud and web share a few files. Here, a file of the web package only re-exports one of the cloud's. In a checkout, it
 * is that file itself, because the package must work without the cloud's folder.
 * @throws Error if the shared file needs a file that is not shared beside it
 */
function standingAlone(path: string): string {
  const text = readFileSync(path, 'utf8')
  const [, shared] = /^export \* from '((?:\.\.\/)+src\/.*)'\n$/.exec(text) ?? []
  if (shared === undefined) return text
  const source = join(dirname(path), `${shared}.ts`)
  const copy = readFileSync(source, 'utf8')
  for (const [, needed] of copy.matchAll(/from '(\.[^']*)'/g)) {
    if (existsSync(join(dirname(path), `${needed}.ts`))) continue
    throw new Error(`${relative(ROOT, source)} is shared with the browser: share ${needed} beside it.`)
  }
  return copy
}
