import { HTTPError } from '@segment/actions-core'
import type { ModifiedResponse } from '@segment/actions-core'

/** An error in the shape that the Actions Tester expects. */
export interface ErrorAnswer {
  statusCode: number
  /** The API's answer, if that is the error: text or JSON. */
  message: unknown
  stack?: string[]
  fields?: Record<string, string>
  requestError: true
}

export function errorAnswer(thrown: unknown): ErrorAnswer {
  const error = asError(thrown)
  const answer: ErrorAnswer = {
    statusCode: error.status ?? 500,
    message: error.message,
    stack: error.stack?.split('\n'),
    fields: fieldErrors(error),
    requestError: true
  }
  if (!(error instanceof HTTPError)) return answer
  const { status, data, content } = error.response as ModifiedResponse
  return { ...answer, statusCode: status, message: data ?? content }
}

/** @returns what is wrong, by field; undefined if the error is not about validation */
export function fieldErrors(error: unknown): Record<string, string> | undefined {
  const problems = validationProblems(error)
  return problems && Object.fromEntries(problems.map(({ path, message }) => [path.replace('$.', ''), message]))
}

/** @returns everything that the framework's validation found, at JSON paths; undefined if the error is not about validation */
export function validationProblems(error: unknown): { path: string; message: string }[] | undefined {
  // The framework does not export the class of its validation errors.
  if (asError(error).name !== 'AggregateAjvError') return undefined
  return Array.from(error as Iterable<{ path: string; message: string }>, ({ path, message }) => ({ path, message }))
}

export type StatusError = Error & { status?: number; code?: string }

export const asError = (thrown: unknown): StatusError => (thrown instanceof Error ? thrown : new Error(String(thrown)))
