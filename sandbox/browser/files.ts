import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Answer } from '../rest/message'

const PUBLIC = join(__dirname, 'public')
/** The real analytics.js, from npm, as Segment's CDN serves it. */
const ANALYTICS = join(dirname(require.resolve('@segment/analytics-next/package.json')), 'dist/umd')

export const script = (body: string): Answer => ({ status: 200, type: 'text/javascript;charset=UTF-8', body })

/** One of the sandbox's own scripts for the browser. */
export const publicScript = (name: string): Answer => script(readFileSync(join(PUBLIC, name), 'utf8'))

/** A file of analytics.js, by the last part of its path; undefined if there is none with that name. */
export function analyticsScript(path: string): Answer | undefined {
  const file = join(ANALYTICS, basename(path))
  return existsSync(file) ? script(readFileSync(file, 'utf8')) : undefined
}
