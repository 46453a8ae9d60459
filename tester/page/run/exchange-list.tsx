import { useState } from 'react'
import type { Exchange } from '../shared/server'
import { Json } from '../shared/json'
import { CopyButton } from '../shared/copy-button'
import { Lazy } from '../shared/lazy'
import { curlOfExchange } from './curl'
import { bytesOf, refusalIn, sizeOf } from './words'

const SHOWN = 20

/** The exchanges with Marketo, in the order in which they ended. */
export function ExchangeList({ exchanges }: { exchanges: Exchange[] }) {
  const [all, setAll] = useState(false)
  return (
    <section aria-label="Exchanges">
      <h3>Exchanges with Marketo</h3>
      {!exchanges.length && <p className="empty">None: nothing was sent to Marketo.</p>}
      <ol className="lines">
        {exchanges.slice(0, all ? undefined : SHOWN).map((exchange, index) => (
          <ExchangeLine key={index} exchange={exchange} />
        ))}
      </ol>
      {!all && exchanges.length > SHOWN && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          Show all {exchanges.length}
        </button>
      )}
    </section>
  )
}

function ExchangeLine({ exchange }: { exchange: Exchange }) {
  const { request, response, durationMs } = exchange
  const { host, pathname, searchParams } = new URL(request.url)
  const refusal = refusalIn(exchange)
  const failed = refusal !== undefined || response.statusCode >= 400
  return (
    <li>
      <Lazy
        title={
          <>
            <span className={`badge ${failed ? 'bad' : 'good'}`}>{response.statusCode}</span>
            <span className="line-text">
              <b>{request.method}</b> {pathname}
              {refusal && <span className="problem"> {refusal}</span>}
            </span>
            <span className="faint numbers">
              {durationMs} ms · {sizeOf(bytesOf(request.body))} → {sizeOf(bytesOf(response.body))}
            </span>
          </>
        }
      >
        <CopyButton label="Copy as curl" text={() => curlOfExchange(exchange)} />
        <Json title="Request" value={`${request.method} https://${host}${pathname}`} />
        <Json title="Query" value={listed(Object.fromEntries(searchParams))} />
        <Json title="Request headers" value={listed(request.headers)} />
        <Json title="Request body" value={request.body} />
        <Json title="Response" value={`${response.statusCode} ${response.statusMessage}`.trim()} />
        <Json title="Response headers" value={listed(response.headers)} />
        <Json title="Response body" value={response.body} />
      </Lazy>
    </li>
  )
}

const listed = (members: Record<string, string>) =>
  Object.entries(members)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
