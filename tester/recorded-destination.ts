import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, ModifiedResponse } from '@segment/actions-core'

/** One exchange with Marketo, in the shape that the Actions Tester shows. */
export interface Exchange {
  request: { url: string; method: string; headers: Record<string, string>; body: string }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
  durationMs: number
}

/** The headers that the actions CLI also hides. */
const SENSITIVE_HEADER =
  /^(proxy-)?authorization$|^(www|proxy)-authenticate$|cookie|^x-(csrf-token|xsrf-token|api-key|client-id|uid|requested-with|forwarded-for|real-ip|amz-)/i

/**
 * A destination with its own list of exchanges, so that concurrent requests don't show each other's. Each request creates a new
 * destination. The framework still compiles its schemas only once, by name.
 */
export function recordedDestination(definition: DestinationDefinition<JSONObject>): {
  destination: Destination
  exchanges: Exchange[]
} {
  const exchanges: Exchange[] = []
  /** By abort signal, the only thing that the framework creates for each request and passes to both hooks. */
  const startedAt = new WeakMap<object, number>()

  const recording = {
    beforeRequest: [({ signal }: { signal: object }) => void startedAt.set(signal, performance.now())],
    afterResponse: [
      async (request: Request, { signal }: { signal: object }, response: ModifiedResponse) => {
        const durationMs = Math.round(performance.now() - (startedAt.get(signal) ?? NaN))
        exchanges.push({ ...(await exchangeOf(request, response)), durationMs })
      }
    ]
  }
  const destination = new Destination({
    ...definition,
    // Not Destination.responses: it leaves out what onDelete sends.
    extendRequest: (data) => ({ ...definition.extendRequest?.(data), ...recording })
  })
  return { destination, exchanges }
}

async function exchangeOf(request: Request, response: ModifiedResponse): Promise<Omit<Exchange, 'durationMs'>> {
  return {
    request: {
      url: request.url,
      method: request.method,
      headers: shown(request.headers),
      body: await request.clone().text()
    },
    response: {
      statusCode: response.status,
      statusMessage: response.statusText,
      headers: shown(response.headers),
      body: response.data ?? response.content
    }
  }
}

function shown(headers: Headers): Record<string, string> {
  const all: Record<string, string> = {}
  headers.forEach((value, name) => {
    all[name] = SENSITIVE_HEADER.test(name) ? '<redacted>' : value
  })
  return all
}
