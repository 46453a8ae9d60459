import { randomUUID } from 'node:crypto'
import { ApiError } from './errors'
import type { Limits } from './shapes'

export interface ClientCredentials {
  clientId: string
  clientSecret: string
}

/** Why no token is issued, in OAuth's words. */
interface Refusal {
  error: 'unauthorized' | 'unsupported_grant_type'
  error_description?: string
}

/** One client's access token at a time: a new request before it expires returns the same one. */
export class AccessTokens {
  private token = ''
  private expiresAt = -Infinity
  private readonly handedOut = new Set<string>()

  constructor(
    private readonly credentials: ClientCredentials,
    private readonly limits: Limits,
    private readonly now: () => number
  ) {}

  expire(): void {
    this.expiresAt = -Infinity
  }

  issue(
    given: ClientCredentials & { grantType: string }
  ): { token: string; secondsLeft: number } | { refused: Refusal } {
    const { clientId, clientSecret } = this.credentials
    if (given.clientId !== clientId) return unauthorized(`No client with requested id: ${given.clientId}`)
    if (given.clientSecret !== clientSecret) return unauthorized('Bad client credentials')
    if (given.grantType !== 'client_credentials') return { refused: { error: 'unsupported_grant_type' } }
    if (this.now() >= this.expiresAt) {
      this.token = `${randomUUID()}:ab`
      this.handedOut.add(this.token)
      this.expiresAt = this.now() + this.limits.tokenLifeSeconds * 1000
    }
    return { token: this.token, secondsLeft: Math.floor((this.expiresAt - this.now()) / 1000) }
  }

  check(token: string | undefined): void {
    if (token === undefined || !this.handedOut.has(token)) throw new ApiError('601')
    if (token !== this.token || this.now() >= this.expiresAt) throw new ApiError('602')
  }
}

const unauthorized = (error_description: string) => ({
  refused: { error: 'unauthorized' as const, error_description }
})
