import type { Lead } from '../../state/shapes'
import type { Field } from '../../state/fields'
import type { Marketo } from '../../state/marketo'
import { MarketoError } from '../../state/errors'
import type { Call } from '../call'

const DEFAULT_FIELDS = 'id,email,updatedAt,createdAt,firstName,lastName'

/** Get Leads by Filter Type. Pages go by lead id: the paging token holds the last one of the page before. */
export function getLeads({ fields, leads, limits, tracking }: Marketo, { params }: Call) {
  const filter = fields.get(required(params, 'filterType'))
  if (!filter) throw new MarketoError('1006', params.get('filterType'))
  if (!filter.searchable) throw new MarketoError('1011', filter.name)

  // Marketo knows no way to write a comma that is part of a value.
  const values = required(params, 'filterValues').split(',')
  if (values.length > limits.recordsPerCall) {
    throw new MarketoError('1003', `The number of filterValues exceeds ${limits.recordsPerCall}`)
  }
  const wanted = (params.get('fields') ?? DEFAULT_FIELDS).split(',')
  const unknown = wanted.find((name) => !fields.has(name))
  if (unknown !== undefined) throw new MarketoError('1006', unknown)

  const lookup = (value: string) => (filter.name === 'cookies' ? tracking.tokenIn(value) : typed(filter, value))
  const matches = new Set(values.flatMap((value) => leads.find(filter.name, lookup(value))))
  if (matches.size > limits.filterMatches) throw new MarketoError('1003', 'Too many results match the filter')

  const after = pageStart(params.get('nextPageToken'))
  const rest = [...matches].filter((lead) => lead.id > after).sort((one, other) => one.id - other.id)
  const page = rest.slice(0, limits.recordsPerCall)
  const result = page.map((lead) => pick(lead, wanted))
  if (page.length === rest.length) return { result }
  return { result, nextPageToken: pageToken(page[page.length - 1]), moreResult: true }
}

function required(params: URLSearchParams, name: string): string {
  const value = params.get(name)
  if (!value) throw new MarketoError('1002', name)
  return value
}

function typed({ dataType }: Field, value: string): string | number {
  if (dataType !== 'integer') return value
  if (!/^-?\d+$/.test(value)) throw new MarketoError('1001', value, 'integer')
  return Number(value)
}

const pageToken = ({ id }: Lead) => Buffer.from(`lead>${id}`).toString('hex').toUpperCase()

function pageStart(token: string | null): number {
  if (token === null) return -Infinity
  const [, id] = /^lead>(\d+)$/.exec(Buffer.from(token, 'hex').toString()) ?? []
  if (id === undefined) throw new MarketoError('1003', 'Invalid nextPageToken')
  return Number(id)
}

/** A field that is not set is absent; the id is always there. */
function pick(lead: Lead, names: string[]): Record<string, unknown> {
  const { id, createdAt, updatedAt, fields } = lead
  const all: Record<string, unknown> = { ...fields, id, createdAt, updatedAt }
  if (lead.cookies.length > 0) all.cookies = lead.cookies.join(',')
  return Object.fromEntries(['id', ...names].filter((name) => name in all).map((name) => [name, all[name]]))
}
