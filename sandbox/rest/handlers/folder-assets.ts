import { ApiError } from '../../state/errors'
import type { Folder } from '../../state/folders'
import type { Marketo } from '../../state/marketo'
import { assetTime, folderIn, foldersOf, urlOf } from '../assets'
import type { ReceivedCall } from '../call'
import { assetPage, filterOf, found, required } from '../pages'

const WORKSPACE = 'Default'

const shown = (marketo: Marketo, { id, type, name, folderType, parent, path, isSystem, createdAt }: Folder) => ({
  name,
  description: null,
  createdAt: assetTime(createdAt),
  updatedAt: assetTime(createdAt),
  url: isSystem ? null : urlOf(marketo, type === 'Folder' ? 'MF' : 'PG', id),
  folderId: { id, type },
  folderType,
  parent,
  path,
  isArchive: false,
  isSystem,
  accessZoneId: 1,
  workspace: WORKSPACE,
  id
})

/** Get Folder by Name: exact, but several folders may have the same name. */
export function folderByName(marketo: Marketo, { params }: ReceivedCall) {
  const name = required(params, 'name')
  const isOfType = filterOf(params, 'type')
  const isInWorkspace = filterOf(params, 'workspace')
  const root = params.get('root')
  const above = root === null ? undefined : rootOf(marketo, root)
  const folders = foldersOf(marketo)
    .filter((folder) => folder.name === name && isOfType(folder.type) && isInWorkspace(WORKSPACE))
    .filter((folder) => !above || folder.path.startsWith(`${above.path}/`))
  return found(folders.map((folder) => shown(marketo, folder)))
}

/** Get Folders: those below `root`, including itself. */
export function browseFolders(marketo: Marketo, { params }: ReceivedCall) {
  const root = params.get('root')
  const depth = Number(params.get('maxDepth') ?? 2)
  const above = root === null ? undefined : rootOf(marketo, root)
  const levelOf = ({ path }: Folder) => path.split('/').length
  const folders = foldersOf(marketo).filter(
    (folder) =>
      !above ||
      folder === above ||
      (folder.path.startsWith(`${above.path}/`) && levelOf(folder) - levelOf(above) <= depth)
  )
  return assetPage(
    folders.map((folder) => shown(marketo, folder)),
    params,
    marketo.limits.assetsPerPage
  )
}

/** By its ID alone, or with its type. */
function rootOf(marketo: Marketo, text: string): Folder {
  const { id, type } = /^\d+$/.test(text) ? { id: Number(text), type: 'Folder' } : folderIn(text)
  const root = foldersOf(marketo).find((folder) => folder.id === id && folder.type === type)
  if (!root) throw new ApiError('710')
  return root
}
