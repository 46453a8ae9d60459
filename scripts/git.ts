import { spawnSync } from 'child_process'
import { resolve } from 'path'

/** @returns the path at which git keeps its own file for a checkout; undefined without git */
export function gitPath(checkout: string, file: string): string | undefined {
  const path = git(checkout, ['rev-parse', '--git-path', file])
  return path === undefined ? undefined : resolve(checkout, path.trim())
}

/**
 * @returns the files in a folder that differ from the last commit, by their path from `checkout`, which may be a folder of a larger
 * repository; undefined without git
 */
export function uncommitted(checkout: string, folder: string): Set<string> | undefined {
  const prefix = git(checkout, ['rev-parse', '--show-prefix'])?.trim()
  const status = git(checkout, ['status', '--porcelain', '--ignored', '--untracked-files=all', '-z', '--', folder])
  if (prefix === undefined || status === undefined) return undefined
  return new Set(status.split('\0').map((line) => line.slice(`XY ${prefix}`.length)))
}

function git(checkout: string, command: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', checkout, ...command], { encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}
