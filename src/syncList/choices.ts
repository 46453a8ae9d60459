import { listsPage } from '../marketo/areas/lists'
import { pagedChoices } from '../segment/choices'

/** The static lists of the instance, a page at a time. */
export const listChoices = pagedChoices(async (client, _payload, page) => {
  const { items, nextPage } = await listsPage(client, page)
  return {
    items: items.map(({ id, name, programName }) => ({
      label: name,
      value: String(id),
      description: programName ? `${id}, in the program ${programName}` : String(id)
    })),
    nextPage
  }
})
