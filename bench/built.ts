import { execFileSync } from 'child_process'
import { join } from 'path'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../src/generated-types'

const ROOT = join(__dirname, '..')

/** The destination as it ships, compiled by `npm run build`: running TypeScript files directly would add work of its own. */
export async function builtDestination(): Promise<DestinationDefinition<Settings>> {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT })
  const { default: destination } = (await import(join(ROOT, 'dist'))) as { default: DestinationDefinition<Settings> }
  return destination
}
