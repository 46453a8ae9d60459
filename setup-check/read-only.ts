import { createRequestClient } from '@segment/actions-core'
import type { RequestClient, RequestOptions } from '@segment/actions-core'
import { whyNoRead } from '../rehearsal/wire/reads'
import type { Settings } from '../src/generated-types'
import { Credentials } from '../src/marketo/transport/access-token'
import type { Call } from '../src/marketo/transport/call'
import { MarketoClient } from '../src/marketo/transport/client'
import type { Envelope } from '../src/marketo/transport/client'
import { munchkinIdOf, restHost } from '../src/marketo/transport/instance'
import { clientFor } from '../src/segment/perform'

/** Thrown for a request that is not a read. It is a mistake in the code, so it is no answer of Marketo's. */
export class WriteRefused extends Error {}

/** Whether a request is on the list of reads of a rehearsal, which also writes nothing. */
function isRead(url: string, { method = 'GET' }: Pick<RequestOptions, 'method'>): boolean {
  const { host, pathname, search } = new URL(url)
  const [munchkinId] = host.split('.')
  return whyNoRead({ method: method.toUpperCase(), host, path: `${pathname}${search}` }, munchkinId) === undefined
}

/** The same request client, without the means to write: it never sends anything else than a read. @throws WriteRefused */
export const readOnly =
  (request: RequestClient): RequestClient =>
  async (url: string, options: RequestOptions = {}) => {
    if (isRead(url, options)) return request(url, options)
    throw new WriteRefused(`${String(options.method)} ${new URL(url).pathname} would write, but this only reads.`)
  }

/** A client for one instance that cannot write, whatever uses it. */
export class ReadOnlyClient extends MarketoClient {
  /** @throws MarketoError, before any request is made: 400 for a malformed Munchkin Account ID, 401 without credentials */
  constructor(settings: Settings) {
    const request = readOnly(createRequestClient())
    clientFor(request, settings)
    super(request, new Credentials(munchkinIdOf(settings.munchkinId), settings.clientId, settings.clientSecret))
  }

  /** @throws WriteRefused for a call that writes, which is a mistake in the code; else as every client */
  async send<T>(call: Call, options: RequestOptions, pathAndQuery = call.path): Promise<Envelope<T>> {
    if (isRead(`${restHost(this.munchkinId)}${pathAndQuery}`, options))
      return super.send<T>(call, options, pathAndQuery)
    throw new WriteRefused(`${call.name} would write, but this only reads.`)
  }

  unseen(): MarketoClient {
    return this
  }
}
