import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { LATER, OBJECT_NOT_FOUND } from '../transport/errors'
import { failureOf, MarketoError } from '../transport/outcome'
import { pageByToken } from '../calls/pages'
import type { Page } from '../calls/pages'

/** A static list as the Lead Database API shows it. */
export interface StaticList {
  id: number
  name: string
  description?: string
  programName?: string
}

/** A place for assets. Its type is part of its ID, because a program may have the same number. */
export interface FolderId {
  id: number
  type: string
}

export interface Folder {
  folderId: FolderId
  /** The kind of asset that the folder holds, if it is only one. */
  folderType?: string
  path?: string
}

/**
 * Folders of Marketo's Design Studio hold one kind of asset.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/assets/folders
 */
const FOLDERS_WITHOUT_LISTS = ['Email', 'Email Template', 'Landing Page', 'Landing Page Template', 'Snippet', 'File']

/** A static list as the Asset API shows it. */
export interface ListAsset {
  id: number
  name: string
  description?: string | null
  folder?: FolderId
}

/** @returns one page of the static lists of the instance. @throws MarketoError */
export function listsPage(client: MarketoClient, page: string | undefined): Promise<Page<StaticList>> {
  return pageByToken<StaticList>(client, CALLS.lists, {}, page)
}

/** @returns the static list with that ID, undefined if there is none. @throws MarketoError */
export async function listOfId(client: MarketoClient, id: number): Promise<StaticList | undefined> {
  try {
    const { result } = await client.send<StaticList>(CALLS.list, { method: 'GET' }, pathOf(CALLS.list, id))
    return result[0]
  } catch (error) {
    if (failureOf(error).code === OBJECT_NOT_FOUND) return undefined
    throw error
  }
}

/** @returns the folders with that name that can hold static lists: there may be several. @throws MarketoError */
export async function listFoldersOfName(client: MarketoClient, name: string): Promise<Folder[]> {
  const path = pathOf(CALLS.folderByName, '', { name, type: 'Folder' })
  const { result } = await client.send<Folder>(CALLS.folderByName, { method: 'GET' }, path)
  return itemsIn(result).filter(({ folderType = '' }) => !FOLDERS_WITHOUT_LISTS.includes(folderType))
}

/** @returns the static list with that name, in any folder: names are unique in an instance. @throws MarketoError */
export async function listOfName(client: MarketoClient, name: string): Promise<ListAsset | undefined> {
  const path = pathOf(CALLS.staticListByName, '', { name })
  return (await client.send<ListAsset>(CALLS.staticListByName, { method: 'GET' }, path)).result[0]
}

/** @returns the ID of the new list. @throws MarketoError, also for a name that is taken */
export async function createStaticList(
  client: MarketoClient,
  { folderId, name, description }: { folderId: FolderId; name: string; description: string }
): Promise<number> {
  const { id, type } = folderId
  const { result } = await client.send<ListAsset>(CALLS.createStaticList, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ folder: JSON.stringify({ id, type }), name, description }).toString()
  })
  if (Number.isSafeInteger(result[0]?.id)) return result[0].id
  throw new MarketoError({
    status: 502,
    message: `${CALLS.createStaticList.name}: Marketo's answer has no ID for the list. ${LATER}`
  })
}
