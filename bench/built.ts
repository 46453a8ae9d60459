import { execFileSync } from 'child_process'
import { join } from 'path'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../src/generated-types'

const ROOT = join(__dirname, '..')

let built: Promise<DestinationDefinition<Settings>> | undefined

/**
 * The destination as it ships, compiled by `npm run build`, once: running TypeScript files directly would add extra
 * work.
 */
export function builtDestination(): Promise<DestinationDefinition<Settings>> {
  built ??= build()
  return built
}

async function build(): Promise<DestinationDefinition<Settings>> {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT })
  const { default: destination } = (await import(join(ROOT, 'dist'))) as { default: DestinationDefinition<Settings> }
  return destination
}
