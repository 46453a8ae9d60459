import type { AddressInfo } from 'node:net'
import https from 'node:https'
import { serve } from '../sandbox/http/serve'
import { html, text, type Answer, type HttpCall } from '../sandbox/rest/message'
import { routeMarketoTo } from '../sandbox/route-marketo'
import { Picture } from './picture/picture'
import { Asker, Refused } from './wire/asker'
import { MarketoReader, NoReply, type Reply } from './wire/ask-marketo'
import { isSignIn } from './wire/reads'

export interface StandInOptions {
  /** In upper case. */
  munchkinId: string
  /** How long to wait before reads that were refused for a while are made again. */
  waitsMs?: readonly number[]
}

/**
 * Stands in for one Marketo instance: a server in this process takes all that the destination sends to it. Sign-ins and reads go on
 * to Marketo; writes end here.
 */
export class StandIn {
  readonly picture: Picture
  readonly reader: MarketoReader
  /** Access tokens that Marketo issued. No plan may have them. */
  readonly tokens = new Set<string>()
  /** A mistake of the rehearsal's own. It must not pass for an answer of Marketo. */
  mistake?: Error
  private readonly once = new Map<string, Promise<Reply>>()
  private stop: () => Promise<void> = () => Promise.resolve()

  private constructor({ munchkinId, waitsMs }: StandInOptions) {
    this.picture = new Picture(munchkinId)
    // The global agent as it is now, before the destination's traffic is turned aside.
    this.reader = new MarketoReader({ munchkinId, agent: https.globalAgent, waitsMs })
  }

  static async start(options: StandInOptions): Promise<StandIn> {
    const standIn = new StandIn(options)
    const server = serve((http) => standIn.answer(http))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve)
    })
    const restore = routeMarketoTo((server.address() as AddressInfo).port, options.munchkinId)
    standIn.stop = () => {
      restore()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    }
    return standIn
  }

  close(): Promise<void> {
    return this.stop()
  }

  /** Signs in, and asks with the token. @throws Refused, NoReply */
  async signIn({ clientId, clientSecret }: { clientId: string; clientSecret: string }): Promise<Asker> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
    const reply = await this.passSignIn({
      method: 'POST',
      url: '/identity/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(form).toString())
    })
    const token = tokenIn(reply)
    if (token === undefined) throw new Refused(reply)
    return new Asker(this.reader, this.once, `Bearer ${token}`)
  }

  private async answer(http: HttpCall): Promise<Answer | undefined> {
    try {
      return await this.answerOrThrow(http)
    } catch (error) {
      if (error instanceof Refused) return error.reply
      if (error instanceof NoReply) return html(503)
      this.mistake ??= error as Error
      throw error
    }
  }

  private async answerOrThrow(http: HttpCall): Promise<Answer | undefined> {
    const host = String(http.headers.host).toLowerCase()
    const { tracking } = this.picture.marketo
    if (host.includes('.mktoresp.')) {
      if (http.path !== '/webevents/visitWebPage') return text('Not found', 404)
      tracking.record(http.params, http.headers['user-agent'] ?? '')
      return text('', 202)
    }
    if (isSignIn({ path: http.url })) return this.passSignIn(http)
    const { authorization = '' } = http.headers
    const ask = new Asker(this.reader, this.once, authorization)
    return (await this.picture.answer(http, ask)) ?? ask.replyTo(http.url)
  }

  private async passSignIn({
    method,
    url,
    headers,
    body
  }: Pick<HttpCall, 'method' | 'url' | 'headers' | 'body'>): Promise<Reply> {
    const type = headers['content-type']
    const reply = await this.reader.ask({ method, path: url, headers: type ? { 'content-type': type } : {}, body })
    const token = tokenIn(reply)
    if (token !== undefined) this.tokens.add(token)
    return reply
  }
}

function tokenIn({ body }: Reply): string | undefined {
  try {
    const { access_token: token } = JSON.parse(body) as { access_token?: unknown }
    return typeof token === 'string' ? token : undefined
  } catch {
    return undefined
  }
}
