import { MarketoError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { Call } from '../call'

/** Associate Lead */
export function associateLead({ tracking }: Marketo, { params, pathArgument }: Call) {
  const cookie = params.get('cookie')
  if (!cookie) throw new MarketoError('1002', 'cookie')
  tracking.associate(Number(pathArgument), cookie)
  return {}
}
