import type { MarketoClient } from '../marketo/transport/client'
import { createStaticList, listFoldersOfName, listOfId, listOfName } from '../marketo/areas/lists'
import type { Folder, ListAsset } from '../marketo/areas/lists'
import { refusal } from '../marketo/transport/outcome'

/** A static list that Segment keeps, and the place for it. */
export interface NamedList {
  name: string
  folderName: string
  /** The audience of the list, if it has one. The list's description holds it. */
  computationId?: string
}

/**
 * Creates a static list. If the name is taken, that list is used only if it is in the folder and was created for the same
 * audience. Otherwise one list would mix two audiences.
 * @returns the ID of the list
 * @throws MarketoError (400) that names the field and the remedy
 */
export async function findOrCreateList(client: MarketoClient, wanted: NamedList): Promise<number> {
  const { name, folderName, computationId } = wanted
  const folders = await listFoldersOfName(client, folderName)
  if (folders.length === 0) {
    throw refusal(
      `Marketo has no folder named "${folderName}" that can hold static lists. Correct Folder Name, or create that folder in Marketo, for example in Database > Group Lists.`
    )
  }
  const taken = await listOfName(client, name)
  if (taken) {
    if (isIn(folders, taken) && (await isFor(client, computationId, taken))) return taken.id
    throw refusal(
      `Marketo already has a static list named "${name}" (ID ${taken.id}), and names are unique. To use that list, enter its ID as Static List ID. Otherwise rename one of the two.`
    )
  }
  if (folders.length > 1) {
    throw refusal(
      `Marketo has ${folders.length} folders named "${folderName}": ${folders
        .map(({ path }) => path)
        .join(', ')}. Rename all but one, or enter the name of another folder as Folder Name.`
    )
  }
  const description = `Kept in step by Segment.${computationId ? ` Computation ID: ${computationId}` : ''}`
  return createStaticList(client, { folderId: folders[0].folderId, name, description })
}

function isIn(folders: Folder[], { folder }: ListAsset): boolean {
  return folders.some(({ folderId }) => folderId.id === folder?.id && folderId.type === folder.type)
}

async function isFor(client: MarketoClient, computationId: string | undefined, list: ListAsset): Promise<boolean> {
  if (!computationId) return false
  // The Asset API does not always show the description.
  const description = list.description || (await listOfId(client, list.id))?.description
  return description ? hasWord(description, computationId) : false
}

/** Whether a text has a whole word: `aud_12` is not the audience `aud_1`. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text.charAt(at - 1)}${text.charAt(at + word.length)}`
    if (!/[\w-]/.test(around)) return true
  }
  return false
}
