import { pathOf } from '../transport/call'
import type { Call } from '../transport/call'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { ASSETS_PER_PAGE, RECORDS_PER_CALL } from '../transport/limits'

/** One page of a list. The last page names no next one. */
export interface Page<T> {
  items: T[]
  /** What leads to the next page. */
  nextPage?: string
}

/**
 * @param page what leads to the page; none for the first one
 * @returns a page of a call of the Lead Database API, which pages by tokens
 * @throws MarketoError
 */
export async function pageByToken<T extends object>(
  client: MarketoClient,
  call: Call,
  filter: Record<string, string>,
  page: string | undefined
): Promise<Page<T>> {
  const query = { ...filter, batchSize: String(RECORDS_PER_CALL), ...(page && { nextPageToken: page }) }
  const { result, nextPageToken } = await client.send<T>(call, { method: 'GET' }, pathOf(call, '', query))
  return { items: itemsIn(result), nextPage: nextPageToken }
}

/** The same for a call of the Asset API, which pages by offsets. */
export async function pageByOffset<T extends object>(
  client: MarketoClient,
  call: Call,
  filter: Record<string, string>,
  page: string | undefined
): Promise<Page<T>> {
  const offset = Number(page ?? 0)
  const query = { ...filter, maxReturn: String(ASSETS_PER_PAGE), offset: String(offset) }
  const { result } = await client.send<T>(call, { method: 'GET' }, pathOf(call, '', query))
  return {
    items: itemsIn(result),
    nextPage: result.length === ASSETS_PER_PAGE ? String(offset + ASSETS_PER_PAGE) : undefined
  }
}
