import { resolve } from 'path'
import { Refusal } from '../migration/refusal'

/** @returns the path as the caller means it: npm runs scripts in the package's folder, wherever it was called */
export const pathFromCaller = (path: string): string => resolve(process.env.INIT_CWD ?? '', path)

/** Runs a command with the arguments that it was called with; a refusal ends it with 1. */
export function runCommand(main: (given: string[]) => void): void {
  try {
    main(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
