import type { MarketoClient } from '../marketo/transport/client'
import { listOfId } from '../marketo/areas/lists'
import type { StaticList } from '../marketo/areas/lists'
import { refusal } from '../marketo/transport/outcome'
import { parseListId, problemWithListId } from './list-id'

/** @returns the list. @throws MarketoError (400) that says why there is none, and what to do */
export async function existingList(client: MarketoClient, given: unknown, remedy: string): Promise<StaticList> {
  const id = parseListId(given)
  if (id === undefined) throw refusal(problemWithListId(given))
  const list = await listOfId(client, id)
  if (list) return list
  throw refusal(`Marketo has no static list with the ID ${id}. ${remedy}`)
}

export const CORRECT_LIST_ID = "Correct Static List ID: it is the number after #ST in the list's URL in Marketo."
