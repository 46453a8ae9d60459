import type { Marketo } from '../state/marketo'
import { IDENTITY } from './fault-targets'
import { answerUnder } from './faults'
import { json, type Answer, type HttpCall } from './message'
import type { Troubles } from './troubles'

/** The identity endpoint, which answers as OAuth does, without Marketo's envelope. */
export function answerIdentity(
  { quota, tokens }: Marketo,
  { faults }: Troubles,
  { params, body }: HttpCall
): Promise<Answer | undefined> {
  quota.usage.uncounted.identity++
  const form = new URLSearchParams([...params, ...new URLSearchParams(body.toString())])
  return answerUnder(faults.take(IDENTITY), () => {
    const issued = tokens.issue({
      clientId: form.get('client_id') ?? '',
      clientSecret: form.get('client_secret') ?? '',
      grantType: form.get('grant_type') ?? ''
    })
    if ('refused' in issued) return json(issued.refused, issued.refused.error === 'unauthorized' ? 401 : 400)
    const { token, secondsLeft } = issued
    return json({ access_token: token, token_type: 'bearer', expires_in: secondsLeft, scope: 'api-user@example.com' })
  })
}
