import type { Campaigns } from './campaigns'
import type { Forms } from './forms'
import type { Programs } from './programs'
import type { StaticLists } from './static-lists'

/** How many of each kind to add to those that an instance starts with. */
export interface MoreAssets {
  lists?: number
  /** Trigger campaigns, active and requestable. */
  campaigns?: number
  programs?: number
  forms?: number
}

const KINDS = ['lists', 'campaigns', 'programs', 'forms']

/** Returns the input, or says what is wrong with it. */
export function checkedAssets(assets: object | 'none'): MoreAssets | 'none' {
  if (assets === 'none') return assets
  for (const [name, count] of Object.entries(assets) as [string, unknown][]) {
    if (!KINDS.includes(name)) throw new TypeError(`there are no assets called ${name}`)
    if (!Number.isInteger(count) || Number(count) < 0)
      throw new TypeError(`assets.${name} must be a whole number, 0 or more`)
  }
  return assets
}

/** The stores that seeding fills. */
interface Instance {
  lists: StaticLists
  campaigns: Campaigns
  programs: Programs
  forms: Forms
}

const SEGMENT_FOLDER = { id: 416, type: 'Folder' } as const
const DEFAULT_FOLDER = { id: 15, type: 'Folder' } as const

const numbered = (count = 0) => Array.from({ length: count }, (_, i) => String(i + 1).padStart(4, '0'))

export function seedAssets({ lists, campaigns, programs, forms }: Instance, more: MoreAssets | 'none'): void {
  if (more === 'none') return
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

  const advertising = { type: 'Default', channel: 'Online Advertising' } as const
  programs.create({ name: 'Spring Webinar', type: 'Event', channel: 'Webinar' })
  programs.create({ name: 'Search Ads', ...advertising })
  for (const number of numbered(more.programs)) programs.create({ name: `Sample Program ${number}`, ...advertising })

  for (const number of numbered(more.forms)) forms.create(`Sample Form ${number}`)
}
