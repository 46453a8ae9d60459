import http from 'node:http'
import { gunzipSync } from 'node:zlib'
import { startSandbox, type Sandbox, type SandboxOptions } from '..'

export interface Envelope {
  requestId: string
  success: boolean
  errors?: { code: string; message: string }[]
  result: Record<string, unknown>[]
  nextPageToken?: string
  moreResult?: boolean
}

export interface Reply {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  /** Bytes on the wire. */
  bytes: number
}

export interface Request {
  method?: string
  host?: string
  headers?: Record<string, string>
  json?: unknown
  form?: string
  body?: string
}

export const REST_HOST = '123-abc-456.mktorest.com'
export const TRACKING_HOST = '123-abc-456.mktoresp.com'

/** A sandbox and a bare client that holds an access token for it. */
export class Connection {
  private constructor(readonly sandbox: Sandbox, public token: string) {}

  static async open(options?: SandboxOptions): Promise<Connection> {
    const connection = new Connection(await startSandbox(options), '')
    connection.token = await connection.newToken()
    return connection
  }

  async newToken(): Promise<string> {
    const form = 'grant_type=client_credentials&client_id=sandbox&client_secret=sandbox'
    const { text } = await this.send('/identity/oauth/token', { method: 'POST', form })
    return (JSON.parse(text) as { access_token: string }).access_token
  }

  /** Sends any request exactly as given, without a token. It goes to REST_HOST unless `host` is given. */
  send(path: string, { method = 'GET', host = REST_HOST, headers, json, form, body }: Request = {}): Promise<Reply> {
    const type = json === undefined ? form !== undefined && 'application/x-www-form-urlencoded' : 'application/json'
    const sent = json === undefined ? form ?? body : JSON.stringify(json)
    const length = sent !== undefined && { 'content-length': String(Buffer.byteLength(sent)) }
    const options = { port: this.sandbox.port, host: '127.0.0.1', path, method, agent: false as const }
    return new Promise((resolve, reject) => {
      const request = http.request(
        { ...options, headers: { host, ...length, ...(type && { 'content-type': type }), ...headers } },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const raw = Buffer.concat(chunks)
            const text = String(response.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw)
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, bytes: raw.length })
          })
        }
      )
      request.on('error', reject)
      request.end(sent)
    })
  }

  /** Calls the Lead Database API with the token. The path is relative to `/rest/v1/`. */
  rest(path: string, request: Request = {}): Promise<Envelope> {
    return this.call(`/rest/v1/${path}`, request)
  }

  /** Calls the Asset API with the token. The path is relative to `/rest/asset/v1/`. */
  asset(path: string, request: Request = {}): Promise<Envelope> {
    return this.call(`/rest/asset/v1/${path}`, request)
  }

  private async call(path: string, request: Request): Promise<Envelope> {
    const headers = { authorization: `Bearer ${this.token}`, ...request.headers }
    const { text } = await this.send(path, { ...request, headers })
    return JSON.parse(text) as Envelope
  }

  sync(input: unknown[], options: object = {}): Promise<Envelope> {
    return this.rest('leads.json', { method: 'POST', json: { ...options, input } })
  }

  find(filterType: string, filterValues: string, others: Record<string, string> = {}): Promise<Envelope> {
    return this.rest(`leads.json?${new URLSearchParams({ filterType, filterValues, ...others }).toString()}`)
  }

  addActivities(...input: unknown[]): Promise<Envelope> {
    return this.rest('activities/external.json', { method: 'POST', json: { input } })
  }

  associate(leadId: number, cookie: string): Promise<Envelope> {
    return this.rest(`leads/${leadId}/associate.json?cookie=${encodeURIComponent(cookie)}`, { method: 'POST' })
  }

  visit(params: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    const query = new URLSearchParams({ _mchId: '123-ABC-456', ...params }).toString()
    return this.send(`/webevents/visitWebPage?${query}`, { method: 'POST', host: TRACKING_HOST, headers })
  }

  /** Calls a control route at the sandbox's own address. */
  control(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.send(`/sandbox/${path}`, { method, host: `127.0.0.1:${this.sandbox.port}`, json, headers })
  }
}

/** The error codes of a refused call. */
export const codes = ({ errors }: Envelope) => errors?.map(({ code }) => code)

/** For each record its status, or the codes of the reasons why Marketo skipped it. */
export const outcomes = ({ result }: Envelope) =>
  result.map(({ status, reasons, errors }) => {
    const why = (reasons ?? errors) as { code: string }[] | undefined
    return why ? why.map(({ code }) => code).join(' ') : status
  })
