import type { Campaigns } from './campaigns'
import type { StaticLists } from './static-lists'

/** How many more of each kind, beyond those that an instance starts with. */
export interface MoreAssets {
  lists?: number
  /** Trigger campaigns, active and requestable. */
  campaigns?: number
}

/** What seeding fills. */
interface Instance {
  lists: StaticLists
  campaigns: Campaigns
}

const SEGMENT_FOLDER = { id: 416, type: 'Folder' } as const
const DEFAULT_FOLDER = { id: 15, type: 'Folder' } as const

const numbered = (count = 0) => Array.from({ length: count }, (_, i) => String(i + 1).padStart(4, '0'))

export function seedAssets({ lists, campaigns }: Instance, more: MoreAssets): void {
  lists.create({ name: 'Newsletter Readers', description: 'Everybody who asked for it', folder: DEFAULT_FOLDER })
  lists.create({ name: 'Trial Users', folder: SEGMENT_FOLDER })
  for (const number of numbered(more.lists)) lists.create({ name: `Sample List ${number}`, folder: DEFAULT_FOLDER })

  const requestable = { type: 'trigger', isActive: true, isRequestable: true } as const
  campaigns.create({ name: 'Send Welcome Email', ...requestable })
  campaigns.create({ name: 'Send Order Confirmation', ...requestable })
  campaigns.create({ name: 'Send Old Welcome Email', ...requestable, isActive: false })
  campaigns.create({ name: 'Fills Out Any Form', ...requestable, isRequestable: false })
  campaigns.create({ name: 'Monthly Newsletter', type: 'batch', isActive: false, isRequestable: false })
  for (const number of numbered(more.campaigns)) campaigns.create({ name: `Sample Campaign ${number}`, ...requestable })
}
