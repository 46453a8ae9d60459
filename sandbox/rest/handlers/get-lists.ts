import type { Marketo } from '../../state/marketo'
import type { StaticList } from '../../state/static-lists'
import { folderAt, leadTime } from '../assets'
import type { ReceivedCall } from '../call'
import { filterOf, tokenPage } from '../pages'

/** A static list as the Lead Database API shows it. */
const shown = (marketo: Marketo, { id, name, description, folder, createdAt, updatedAt }: StaticList) => ({
  id,
  name,
  ...(description !== undefined && { description }),
  ...(folder.type === 'Program' && { programName: folderAt(marketo, folder)?.name }),
  workspaceName: 'Default',
  createdAt: leadTime(createdAt),
  updatedAt: leadTime(updatedAt)
})

/** Get Lists */
export function getLists(marketo: Marketo, { params }: ReceivedCall) {
  const [hasId, hasName] = [filterOf(params, 'id'), filterOf(params, 'name')]
  const [isOfProgram, isInWorkspace] = [filterOf(params, 'programName'), filterOf(params, 'workspaceName')]
  const lists = marketo.lists
    .all()
    .map((list) => shown(marketo, list))
    .filter((list) => hasId(list.id) && hasName(list.name))
    .filter((list) => isOfProgram(list.programName) && isInWorkspace(list.workspaceName))
  return tokenPage(lists, params, marketo.limits.recordsPerCall)
}

/** Get List by Id */
export function getList(marketo: Marketo, { pathArgument }: ReceivedCall) {
  return { result: [shown(marketo, marketo.lists.get(Number(pathArgument)))] }
}
