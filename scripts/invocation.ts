import { resolve } from 'path'
import { parseArgs } from 'util'
import type { ParseArgsConfig } from 'util'
import { Refusal } from '../migration/refusal'

/** @returns the path relative to the caller's folder, because npm runs scripts in the package's folder */
export const pathFromCaller = (path: string): string => resolve(process.env.INIT_CWD ?? '', path)

interface Command<Options extends NonNullable<ParseArgsConfig['options']>> {
  /** What `--help` prints, beginning with "Usage". */
  usage: string
  /** The options besides `--help`. */
  options?: Options
  /** The names of the arguments without an option, in order. None by default. */
  takes?: string[]
}

type Given = Record<string, string | boolean | undefined>

/**
 * Runs a command with the arguments that it was called with. A refusal ends it with 1, and with a message without a stack
 * trace. So does an unknown argument, with the usage.
 */
export function runCommand<Options extends NonNullable<ParseArgsConfig['options']>>(
  { usage, options, takes = [] }: Command<Options>,
  main: (words: string[], options: Given) => unknown
): void {
  process.stdout.on('error', endQuietly)
  try {
    const { positionals, values } = parsed({ ...options, help: { type: 'boolean', short: 'h' } })
    if (values.help) return console.log(usage)
    const missing = takes.slice(positionals.length)
    if (missing.length > 0) throw new Refusal(`Say ${missing.join(' and ')}.\n\n${usage}`)
    if (positionals.length > takes.length) {
      throw new Refusal(`It does not take "${positionals.slice(takes.length).join(' ')}".\n\n${usage}`)
    }
    Promise.resolve(main(positionals, values)).catch(refuse)
  } catch (error) {
    refuse(error)
  }

  function parsed(known: NonNullable<ParseArgsConfig['options']>): { positionals: string[]; values: Given } {
    try {
      const { positionals, values } = parseArgs({ options: known, allowPositionals: true, strict: true })
      return { positionals, values: values as Given }
    } catch (error) {
      throw new Refusal(`${(error as Error).message.split('. To specify')[0]}.\n\n${usage}`)
    }
  }
}

/** Whoever reads the output has seen enough, as `head` has. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

function refuse(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 1
}
