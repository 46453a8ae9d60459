import { savedOutputs } from '../segment/hook-outputs'
import type { Context } from '../segment/perform'
import type { RetlOnMappingSaveOutputs } from './generated-types'

/** The list that was chosen or created when the mapping was saved, if one was. */
export const savedList = (hookOutputs: Context['hookOutputs']): RetlOnMappingSaveOutputs =>
  savedOutputs<RetlOnMappingSaveOutputs>(hookOutputs, 'retlOnMappingSave')
