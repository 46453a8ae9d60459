import { execFile } from 'child_process'
import { createHash } from 'crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'fs'
import { dirname, join } from 'path'
import { promisify } from 'util'

const SOURCE = join(__dirname, 'page')
/** The code that the page shares with the server, the migration and the destination. */
const SHARED = [
  ...['shared', '../migration', '../rehearsal/input', '../examples', '../src/marketo', '../src/sendCustomActivity']
].map((folder) => join(__dirname, folder))
/** Inside node_modules: built on this machine, and deleted with it. */
const CACHE = join(__dirname, '../node_modules/.cache/tester-page')

/** @returns the folder with the tester page, built in a few seconds, unless the same source was built before */
export async function builtPage(): Promise<string> {
  const built = join(CACHE, fingerprint())
  if (existsSync(built)) return built
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js')
  const unfinished = `${built}.${process.pid}`
  // A separate process: Vite is an ES module, which CommonJS cannot import on every Node.
  const options = ['--outDir', unfinished, '--emptyOutDir', '--logLevel', 'warn']
  // Vite builds React for development if NODE_ENV says anything else, as in tests. That page would be slow.
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [vite, 'build', SOURCE, ...options], { env })
  if (existsSync(built)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, built)
  return built
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const files = [SOURCE, ...SHARED].flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[]).sort().map((name) => join(folder, name))
  )
  for (const file of [...files, join(__dirname, '../package-lock.json')]) {
    if (statSync(file).isFile()) hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
