import { ApiError } from '../state/errors'

/** A parameter that Marketo requires. */
export function required(params: URLSearchParams, name: string): string {
  const value = params.get(name)
  if (!value) throw new ApiError('1002', name)
  return value
}

/** @throws ApiError for what is no number, or more than `max` */
export function countIn(params: URLSearchParams, name: string, usual: number, max = Infinity): number {
  const text = params.get(name)
  if (text === null) return usual
  if (!/^\d+$/.test(text)) throw new ApiError('1001', text, 'Integer')
  if (Number(text) > max) throw new ApiError('1003', `${name} must not exceed ${max}`)
  return Number(text)
}

/** The items in an envelope of the Lead Database API. Each page except the last has the token of the next. */
export interface TokenPage<Item> {
  result: Item[]
  nextPageToken?: string
}

/**
 * A page of at most `batchSize` items. The token has the last ID of the previous page.
 * @param items by ascending ID
 */
export function tokenPage<Item extends { id: number }>(
  items: Item[],
  params: URLSearchParams,
  most: number
): TokenPage<Item> {
  const size = countIn(params, 'batchSize', most, most)
  const after = lastIdIn(params.get('nextPageToken'))
  const rest = items.filter(({ id }) => id > after)
  const result = rest.slice(0, size)
  if (result.length === rest.length || result.length === 0) return { result }
  return { result, nextPageToken: tokenAfter(result[result.length - 1].id) }
}

const tokenAfter = (id: number) => Buffer.from(`id>${id}`).toString('hex').toUpperCase()

function lastIdIn(token: string | null): number {
  if (token === null) return -Infinity
  const [, id] = /^id>(\d+)$/.exec(Buffer.from(token, 'hex').toString()) ?? []
  if (id === undefined) throw new ApiError('1003', 'Invalid nextPageToken')
  return Number(id)
}

/** How an asset call answers. If it finds nothing, it has a warning and no `result`. */
export interface AssetResult {
  result?: unknown[]
  warnings: string[]
}

export function found(assets: unknown[]): AssetResult {
  return assets.length > 0
    ? { result: assets, warnings: [] }
    : { warnings: ['No assets found for the given search criteria.'] }
}

/** A page of `maxReturn` assets, 20 unless the call says otherwise, from `offset` on. */
export function assetPage(assets: unknown[], params: URLSearchParams, most: number): AssetResult {
  const offset = countIn(params, 'offset', 0)
  return found(assets.slice(offset, offset + countIn(params, 'maxReturn', 20, most)))
}

/** A filter with comma-separated or repeated values. Without it, everything passes. */
export function filterOf(params: URLSearchParams, name: string): (value: unknown) => boolean {
  const values = params.getAll(name).flatMap((text) => text.split(','))
  return (value) => values.length === 0 || values.includes(String(value))
}
