import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'

/** Associate Lead */
export function associateLead({ tracking }: Marketo, { params, pathArgument }: ReceivedCall) {
  const cookie = params.get('cookie')
  if (!cookie) throw new ApiError('1002', 'cookie')
  tracking.associate(Number(pathArgument), cookie)
  return {}
}
