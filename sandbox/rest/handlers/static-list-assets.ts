import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { StaticList } from '../../state/static-lists'
import { assetTime, folderAt, folderIn, urlOf } from '../assets'
import type { ReceivedCall } from '../call'
import { assetPage, found, required } from '../pages'

/** A static list as the Asset API shows it. */
const shown = (marketo: Marketo, { id, name, description, folder, createdAt, updatedAt }: StaticList) => ({
  id,
  name,
  ...(description !== undefined && { description }),
  createdAt: assetTime(createdAt),
  updatedAt: assetTime(updatedAt),
  folder,
  computedUrl: urlOf(marketo, 'ST', id)
})

/** Get Static Lists */
export function browseLists(marketo: Marketo, { params }: ReceivedCall) {
  const text = params.get('folder')
  const folder = text === null ? undefined : folderIn(text)
  const lists = marketo.lists
    .all()
    .filter((list) => !folder || (list.folder.id === folder.id && list.folder.type === folder.type))
  return assetPage(
    lists.map((list) => shown(marketo, list)),
    params,
    marketo.limits.assetsPerPage
  )
}

/** Get Static List by Name: exact */
export function listByName(marketo: Marketo, { params }: ReceivedCall) {
  const name = required(params, 'name')
  return found(marketo.lists.all().flatMap((list) => (list.name === name ? [shown(marketo, list)] : [])))
}

/** Get Static List by Id */
export function listById(marketo: Marketo, { pathArgument }: ReceivedCall) {
  return found(marketo.lists.all().flatMap((list) => (String(list.id) === pathArgument ? [shown(marketo, list)] : [])))
}

/** Create Static List */
export function createList(marketo: Marketo, { params }: ReceivedCall) {
  const folder = folderIn(required(params, 'folder'))
  if (!folderAt(marketo, folder)) throw new ApiError('710')
  const name = required(params, 'name')
  const description = params.get('description') ?? undefined
  return found([shown(marketo, marketo.lists.create({ name, description, folder }))])
}
