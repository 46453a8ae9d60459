import { createHash } from 'crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { dirname, join, resolve } from 'path'
import { filesIn } from './exported-files'
import { gitPath, uncommitted } from './git'
import { Refusal } from '../migration/refusal'

/** A folder that is exported, and where a checkout registers it. */
export interface Target {
  destinations: string
  name: string
  list: string
  /** Its entry in the list. */
  entry: string
}

export const CLOUD: Target = {
  destinations: 'packages/destination-actions/src/destinations',
  name: 'marketo-v2',
  list: 'packages/destination-actions/src/destinations/index.ts',
  entry: "'./marketo-v2'"
}

/** @param packageName the package's own, on npm */
export const webTarget = (name: string, packageName: string): Target => ({
  destinations: 'packages/browser-destinations/destinations',
  name,
  list: 'packages/destinations-manifest/src/index.ts',
  entry: `'${packageName}'`
})

/**
 * The hashes of the files that the last export wrote, by path. They are in the git folder, which is never committed.
 */
type Hashes = { [path: string]: string }

export interface Exported {
  folder: string
  written: string[]
  removed: string[]
  /** Other files in the folder, which stay as they are. */
  others: string[]
  /** Whether the checkout registers the destination already. */
  registered: boolean
}

/** An export that loses nothing. */
export interface PlannedExport {
  exported: Exported
  /** Writes and removes the files. */
  carryOut: () => void
}

/**
 * Plans to write these files into the destination's folder in a checkout of action-destinations, and writes nothing yet. A file is
 * overwritten only if nothing can be lost: the file is as the last export left it, or as it is committed.
 * @param files by their path in the folder
 * @throws Refusal if it is not such a checkout, or something would be lost
 */
export function planExport(checkout: string, files: Map<string, string>, target: Target = CLOUD): PlannedExport {
  const root = resolve(checkout)
  const { destinations, name } = target
  requireCheckout(root, target)
  const folder = join(root, destinations, name)
  const recordPath = gitPath(root, `${name}-export.json`)
  const record = recordPath && existsSync(recordPath) ? hashesIn(read(recordPath)) : {}

  const present = existsSync(folder) ? filesIn(folder) : []
  const isOurs = (path: string) => record[path] === hash(read(join(folder, path)))
  const toWrite = [...files.keys()].filter(
    (path) => !present.includes(path) || read(join(folder, path)) !== files.get(path)
  )
  const toRemove = present.filter((path) => !files.has(path) && path in record)
  const touched = [...toWrite.filter((path) => present.includes(path)), ...toRemove].filter((path) => !isOurs(path))
  const dirty = touched.length > 0 ? uncommitted(root, join(destinations, name)) : new Set<string>()
  const lost = touched.filter((path) => !dirty || dirty.has(`${destinations}/${name}/${path}`))
  if (lost.length > 0) {
    throw new Refusal(
      `Changes in ${folder} would be lost:\n${lost.map((path) => `  ${path}`).join('\n')}\n` +
        'Commit them, or move them away, and export again. Nothing was written.'
    )
  }

  return {
    exported: {
      folder,
      written: toWrite,
      removed: toRemove,
      others: present.filter(
        (path) => !files.has(path) && !toRemove.includes(path) && !/^(dist|node_modules)\//.test(path)
      ),
      registered: isRegistered(root, target)
    },
    carryOut: () => {
      for (const path of toWrite) write(join(folder, path), files.get(path) ?? '')
      for (const path of toRemove) rmSync(join(folder, path))
      if (recordPath) {
        const hashes = [...files].map(([path, text]) => [path, hash(text)])
        write(recordPath, JSON.stringify(Object.fromEntries(hashes)))
      }
    }
  }
}

/** Whether a checkout's list names the target. */
export function isRegistered(checkout: string, { list, entry }: Target): boolean {
  const path = join(resolve(checkout), list)
  return existsSync(path) && read(path).includes(entry)
}

/** Says which part of the path to the list of destinations is missing. */
function requireCheckout(root: string, { list }: Target): void {
  const folders = list.split('/')
  const steps = ['', ...folders.map((_, i) => folders.slice(0, i + 1).join('/'))]
  const missing = steps.find((step) => !existsSync(join(root, step)))
  if (missing === undefined) return
  throw new Refusal(
    missing === ''
      ? `${root} is not a checkout of action-destinations: it does not exist.`
      : `${root} is not a checkout of action-destinations: it has no ${missing}.`
  )
}

/** Without a readable record, no file counts as ours. */
function hashesIn(record: string): Hashes {
  try {
    return { ...(JSON.parse(record) as Hashes | null) }
  } catch {
    return {}
  }
}

const read = (path: string): string => readFileSync(path, 'utf8')
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
