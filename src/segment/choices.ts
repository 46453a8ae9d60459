import type { DynamicFieldItem, DynamicFieldResponse, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import type { MarketoClient } from '../marketo/transport/client'
import { CHOICES_KEPT, CHOICES_KEPT_MS, PAGES_PER_SEARCH } from '../marketo/transport/limits'
import { Memory } from '../marketo/transport/memory'
import type { Page } from '../marketo/calls/pages'
import { shownError } from './errors'
import { clientFor } from './perform'

/** Reads one page of a field's choices, or the first one if no page is named. */
type List<Payload> = (
  client: MarketoClient,
  payload: Payload,
  page: string | undefined
) => Promise<Page<DynamicFieldItem>>

type DynamicField<Payload> = (
  request: RequestClient,
  data: ExecuteInput<Settings, Payload>
) => Promise<DynamicFieldResponse>

/**
 * A dynamic field with choices from Marketo. The framework asks for more with the `nextPage` of the last answer.
 * @param list reads the choices; if it fails, the person sees the error instead
 */
export function pagedChoices<Payload>(list: List<Payload>): DynamicField<Payload> {
  return async (request, { settings, payload, page, dynamicFieldContext }) => {
    try {
      const client = clientFor(request, settings)
      const query = dynamicFieldContext?.query?.toLowerCase() ?? ''
      // The framework calls the first page 1.
      const first = page === undefined || page === '' || String(page) === '1' ? undefined : page
      const readPage = (at: string | undefined) => list(client, payload, at)
      const { items, nextPage } = await search(readPage, query, first)
      return { choices: items, ...(nextPage && { nextPage }) }
    } catch (error) {
      return { choices: [], error: shownError(error) }
    }
  }
}

/** The same for choices that come all at once. */
export function choices<Payload>(
  list: (client: MarketoClient, payload: Payload) => Promise<DynamicFieldItem[]>
): DynamicField<Payload> {
  return pagedChoices(async (client, payload) => ({ items: await list(client, payload) }))
}

const kept = new Memory<DynamicFieldItem[]>(CHOICES_KEPT_MS, CHOICES_KEPT)

/**
 * Choices that take several calls each time a person opens the field: they are kept for a minute. Failures aren't.
 * @param name the field's name, which separates its choices from those of other fields
 * @param about what the choices depend on, such as the chosen program
 */
export function keptChoices<Payload>(
  name: string,
  about: (payload: Payload) => unknown,
  list: (client: MarketoClient, payload: Payload) => Promise<DynamicFieldItem[]>
): DynamicField<Payload> {
  return choices((client, payload) =>
    kept.get(client, JSON.stringify([name, about(payload)]), () => list(client, payload))
  )
}

/** @param details what distinguishes it from others with that name */
export function choiceById(
  { id, name }: { id: number; name: string },
  ...details: (string | undefined)[]
): DynamicFieldItem {
  return { label: name, value: String(id), description: [String(id), ...details.filter((detail) => detail)].join(', ') }
}

/** Marketo cannot search by part of a name, or for eligible items only. So this reads pages until one has a choice. */
async function search(
  readPage: (page: string | undefined) => Promise<Page<DynamicFieldItem>>,
  query: string,
  from: string | undefined
): Promise<Page<DynamicFieldItem>> {
  let page = from
  for (let pages = 1; ; pages++) {
    const { items, nextPage } = await readPage(page)
    const found = items.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(query))
    if (found.length > 0 || nextPage === undefined || pages === PAGES_PER_SEARCH) return { items: found, nextPage }
    page = nextPage
  }
}
