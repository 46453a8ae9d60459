import type { Folder, FolderId } from '../state/folders'
import { ApiError } from '../state/errors'
import type { Marketo } from '../state/marketo'

/** As the Asset API writes a moment: `2017-07-27T01:38:33Z+0000`. */
export const assetTime = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z+0000`

/** As the Lead Database API does: `2017-07-27T01:38:33Z`. */
export const leadTime = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`

export const urlOf = ({ munchkinId }: Marketo, part: string, id: number) =>
  `https://app-${munchkinId.toLowerCase()}.marketo.com/#${part}${id}A1`

/** A folder parameter: JSON such as `{"id":13,"type":"Folder"}`. */
export function folderIn(text: string): FolderId {
  try {
    const { id, type } = JSON.parse(text) as Partial<FolderId>
    if (Number.isInteger(id) && (type === 'Folder' || type === 'Program')) return { id: Number(id), type }
  } catch {
    // Answered below, like anything that is not a folder.
  }
  throw new ApiError('1001', text, 'folder')
}

/** Programs are also folders. */
export const foldersOf = ({ folders, programs }: Marketo): Folder[] => [
  ...folders,
  ...programs.all().map(
    ({ id, name, createdAt }): Folder => ({
      id,
      type: 'Program',
      name,
      folderType: 'Program',
      parent: { id: 417, type: 'Folder' },
      path: `/Marketing Activities/Default/Campaigns/${name}`,
      isSystem: false,
      createdAt
    })
  )
]

export const folderAt = (marketo: Marketo, { id, type }: FolderId): Folder | undefined =>
  foldersOf(marketo).find((folder) => folder.id === id && folder.type === type)
