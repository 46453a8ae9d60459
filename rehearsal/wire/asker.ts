import { envelopeIn, type Envelope, type MarketoReader, type Reply } from './ask-marketo'

/** Paths and queries beyond this go as a POST with `_method=GET`, as the destination sends them. */
const URI_BYTES = 7_900

/** Marketo refused a read, or answered something else than its envelope. The caller of the destination gets that answer. */
export class Refused extends Error {
  /** Marketo's code; undefined if there is none. */
  readonly code?: string
  readonly words: string

  constructor(readonly reply: Reply) {
    super(reply.body)
    const [error] = envelopeIn(reply.body)?.errors ?? []
    this.code = error?.code === undefined ? undefined : String(error.code)
    this.words = error?.message ?? `HTTP ${reply.status}`
  }
}

export type Row = Record<string, unknown>

/** Asks Marketo with the access token of the call that is being answered. */
export class Asker {
  /** @param once answers that hold for the whole rehearsal, by path and query */
  constructor(
    private readonly reader: MarketoReader,
    private readonly once: Map<string, Promise<Reply>>,
    private readonly authorization: string
  ) {}

  /** What never changes during a rehearsal is asked once. @throws NoReply */
  replyTo(path: string): Promise<Reply> {
    const known = this.once.get(path)
    if (known) return known
    const asked = this.reader.ask({ method: 'GET', path, headers: { authorization: this.authorization } })
    const forgetIfRefused = (reply?: Reply) => {
      if (!reply || !isSuccess(reply)) this.once.delete(path)
    }
    this.once.set(path, asked)
    asked.then(forgetIfRefused, () => forgetIfRefused())
    return asked
  }

  /** What may be different the next time. @throws NoReply */
  afresh(path: string): Promise<Reply> {
    return this.get(path)
  }

  /** @returns the result of a read that holds for the whole rehearsal. @throws Refused, NoReply */
  async setup(path: string): Promise<Row[]> {
    return rowsIn(await this.replyTo(path))
  }

  /** @returns the result of a read, all pages of it. @throws Refused, NoReply */
  async rows(path: string, query: Record<string, string>): Promise<Row[]> {
    const rows: Row[] = []
    let nextPageToken: string | undefined
    do {
      const text = new URLSearchParams({ ...query, ...(nextPageToken && { nextPageToken }) }).toString()
      const isShort = path.length + text.length < URI_BYTES
      const reply = await (isShort ? this.get(`${path}?${text}`) : this.postedGet(path, text, FORM))
      const page = rowsIn(reply)
      rows.push(...page)
      const next = envelopeIn(reply.body)?.nextPageToken
      nextPageToken = page.length > 0 && next !== nextPageToken ? next : undefined
    } while (nextPageToken)
    return rows
  }

  /** @returns the result of a read whose question is JSON. @throws Refused, NoReply */
  async query(path: string, question: object): Promise<Row[]> {
    return rowsIn(await this.postedGet(path, JSON.stringify(question), 'application/json'))
  }

  private get(path: string): Promise<Reply> {
    return this.reader.ask({ method: 'GET', path, headers: { authorization: this.authorization } })
  }

  private postedGet(path: string, body: string, type: string): Promise<Reply> {
    const headers = { authorization: this.authorization, 'content-type': type }
    return this.reader.ask({ method: 'POST', path: `${path}?_method=GET`, headers, body })
  }
}

const FORM = 'application/x-www-form-urlencoded'

const isSuccess = ({ status, body }: Reply): boolean => status === 200 && envelopeIn(body)?.success === true

/** Asset calls that find nothing answer without a result. */
function rowsIn(reply: Reply): Row[] {
  const { result = [] }: Envelope = envelopeIn(reply.body) ?? {}
  if (isSuccess(reply) && Array.isArray(result)) {
    return result.filter((row): row is Row => typeof row === 'object' && row !== null)
  }
  throw new Refused(reply)
}
