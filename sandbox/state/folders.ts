/** The place of an asset. A program is also a folder. */
export interface FolderId {
  id: number
  type: 'Folder' | 'Program'
}

export interface Folder extends FolderId {
  name: string
  folderType: 'Zone' | 'Marketing Folder' | 'Program'
  parent: FolderId | null
  path: string
  isSystem: boolean
  createdAt: number
}

const MADE = Date.UTC(2024, 0, 15, 9, 30)

/** Static lists can be in those of Marketing Activities, and in programs. */
export const STARTING_FOLDERS: readonly Folder[] = [
  folder(14, 'Marketing Activities', null, '', 'Zone'),
  folder(15, 'Default', 14, '/Marketing Activities', 'Zone'),
  folder(416, 'Segment', 15, '/Marketing Activities/Default', 'Marketing Folder'),
  folder(417, 'Campaigns', 15, '/Marketing Activities/Default', 'Marketing Folder')
]

function folder(
  id: number,
  name: string,
  parent: number | null,
  above: string,
  folderType: 'Zone' | 'Marketing Folder'
): Folder {
  return {
    id,
    type: 'Folder',
    name,
    folderType,
    parent: parent === null ? null : { id: parent, type: 'Folder' },
    path: `${above}/${name}`,
    isSystem: folderType === 'Zone',
    createdAt: MADE
  }
}
