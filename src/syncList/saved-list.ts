import type { Context } from '../segment/perform'
import type { RetlOnMappingSaveOutputs } from './generated-types'

/** The list that was chosen or created when the mapping was saved, if one was. */
export function savedList(hookOutputs: Context['hookOutputs']): RetlOnMappingSaveOutputs {
  const saved = hookOutputs?.retlOnMappingSave as { outputs?: RetlOnMappingSaveOutputs } | undefined
  return saved?.outputs ?? {}
}
