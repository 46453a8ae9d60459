import https from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { isSignIn, whyNoRead } from './reads'
import { Pace } from './pace'

/** What goes out, whole. */
export interface Question {
  method: string
  /** Path and query. */
  path: string
  headers: Record<string, string>
  body?: string | Buffer
}

export interface Reply {
  status: number
  type: string
  body: string
}

/** Marketo could not be reached. */
export class NoReply extends Error {}

/** How long to wait before a read that was refused for a while is made again, in milliseconds. */
const WAITS_MS = [500, 2_000, 5_000, 12_000]
const TIMEOUT_MS = 65_000

/** Refusals that pass: limits and troubles of Marketo's own. Source: Adobe's list of error codes. */
const PASSING_CODES = new Set(['502', '604', '606', '608', '611', '613', '615', '713', '1029'])

export interface AskOptions {
  munchkinId: string
  /** What carries the requests to Marketo. The global agent of the process is no good: it carries the destination's own traffic. */
  agent: https.Agent
  waitsMs?: readonly number[]
}

/** The one way out to Marketo. It carries reads, and throws at everything else before anything is sent. */
export class MarketoReader {
  readonly pace = new Pace()
  /** REST calls that went out, sign-ins aside. */
  calls = 0
  private readonly host: string
  private readonly agent: https.Agent
  private readonly munchkinId: string
  private readonly waitsMs: readonly number[]

  constructor({ munchkinId, agent, waitsMs = WAITS_MS }: AskOptions) {
    this.munchkinId = munchkinId
    this.agent = agent
    this.host = `${munchkinId.toLowerCase()}.mktorest.com`
    this.waitsMs = waitsMs
  }

  /**
   * Makes a read. If Marketo refuses it for a while (606, 503, no answer), it is made again.
   * @throws Error if the request is not on the list of reads; NoReply if Marketo never answers
   */
  async ask(question: Question): Promise<Reply> {
    for (const wait of this.waitsMs) {
      const reply = await this.askOnce(question).catch(unlessNoReply)
      if (reply && !isPassing(reply)) return reply
      await setTimeout(wait)
    }
    return this.askOnce(question)
  }

  private async askOnce(question: Question): Promise<Reply> {
    const why = whyNoRead({ ...question, host: this.host }, this.munchkinId)
    if (why !== undefined) throw new Error(`A rehearsal only reads: ${why}.`)
    if (isSignIn(question)) return this.send(question)
    return this.pace.run(() => {
      this.calls++
      return this.send(question)
    })
  }

  private send({ method, path, headers, body }: Question): Promise<Reply> {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = { host: this.host, method, path, agent: this.agent, timeout: TIMEOUT_MS }
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new NoReply(error.message))
      const request = https.request(
        { ...options, headers: { ...headers, ...length, 'accept-encoding': 'gzip' } },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail)
          response.on('end', () => {
            const raw = Buffer.concat(chunks)
            const isZipped = response.headers['content-encoding'] === 'gzip'
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              body: String(isZipped ? gunzipSync(raw) : raw)
            })
          })
        }
      )
      request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)))
      request.on('error', fail)
      request.end(body)
    })
  }
}

function unlessNoReply(error: unknown): undefined {
  if (error instanceof NoReply) return undefined
  throw error
}

/** Whether asking again may help. */
function isPassing({ status, body }: Reply): boolean {
  if (status === 429 || (status >= 500 && status !== 501)) return true
  if (status !== 200) return false
  const envelope = envelopeIn(body)
  if (!envelope) return true
  return envelope.success === false && PASSING_CODES.has(String(envelope.errors?.[0]?.code))
}

/** The parts of Marketo's envelope that a rehearsal reads. */
export interface Envelope {
  success?: boolean
  result?: unknown
  nextPageToken?: string
  errors?: { code?: string | number; message?: string }[]
  [member: string]: unknown
}

export function envelopeIn(body: string): Envelope | undefined {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? (json as Envelope) : undefined
  } catch {
    return undefined
  }
}
