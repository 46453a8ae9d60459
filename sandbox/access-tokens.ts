import { randomUUID } from 'node:crypto'
import type { Limits } from './contract'
import { json, type Answer } from './http-answer'
import { MarketoError } from './marketo-errors'

export interface Credentials {
  clientId: string
  clientSecret: string
}

/** One client's access token at a time: asking again before it expires gives the same one with less life left. */
export class AccessTokens {
  private token = ''
  private expiresAt = -Infinity
  private readonly handedOut = new Set<string>()

  constructor(
    private readonly credentials: Credentials,
    private readonly limits: Limits,
    private readonly now: () => number
  ) {}

  expire(): void {
    this.expiresAt = -Infinity
  }

  /** The identity endpoint, whose answers are OAuth's and not Marketo's envelope. */
  issue(params: URLSearchParams): Answer {
    const { clientId, clientSecret } = this.credentials
    const id = params.get('client_id')
    if (id !== clientId) return unauthorized(`No client with requested id: ${id ?? ''}`)
    if (params.get('client_secret') !== clientSecret) return unauthorized('Bad client credentials')
    if (params.get('grant_type') !== 'client_credentials') return json({ error: 'unsupported_grant_type' }, 400)
    if (this.now() >= this.expiresAt) {
      this.token = `${randomUUID()}:ab`
      this.handedOut.add(this.token)
      this.expiresAt = this.now() + this.limits.tokenLifeSeconds * 1000
    }
    return json({
      access_token: this.token,
      token_type: 'bearer',
      expires_in: Math.floor((this.expiresAt - this.now()) / 1000),
      scope: 'api-user@example.com'
    })
  }

  check(authorization: string | undefined): void {
    const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? []
    if (token === undefined || !this.handedOut.has(token)) throw new MarketoError('601')
    if (token !== this.token || this.now() >= this.expiresAt) throw new MarketoError('602')
  }
}

const unauthorized = (error_description: string) => json({ error: 'unauthorized', error_description }, 401)
