import { ApiError } from './errors'
import type { CampaignRun } from './shapes'

/** A smart campaign. A trigger campaign is requestable if it has the trigger "Campaign is Requested", source Web Service API. */
export interface Campaign {
  id: number
  name: string
  type: 'batch' | 'trigger'
  isActive: boolean
  isRequestable: boolean
  createdAt: number
}

/** The smart campaigns of an instance, and for whom each was requested. */
export class Campaigns {
  private readonly campaigns = new Map<number, Campaign>()
  private readonly runs: CampaignRun[] = []

  constructor(private readonly now: () => number) {}

  all(): Campaign[] {
    return [...this.campaigns.values()]
  }

  get(id: number): Campaign {
    const campaign = this.campaigns.get(id)
    if (!campaign) throw new ApiError('1013')
    return campaign
  }

  create(given: Pick<Campaign, 'name' | 'type' | 'isActive' | 'isRequestable'>): Campaign {
    const campaign = { id: 3001 + this.campaigns.size, ...given, createdAt: this.now() }
    this.campaigns.set(campaign.id, campaign)
    return campaign
  }

  /** Takes a campaign as another Marketo has it. */
  adopt(campaign: Campaign): void {
    this.campaigns.set(campaign.id, campaign)
  }

  /** What a marketer does in the campaign's Schedule tab. */
  setActive(id: number, isActive: boolean): void {
    this.get(id).isActive = isActive
  }

  run({ id, name }: Campaign, leadId: number, tokens: Record<string, string>): void {
    const requestedAt = new Date(this.now()).toISOString()
    this.runs.push({ campaignId: id, campaignName: name, leadId, tokens, requestedAt })
  }

  state(): CampaignRun[] {
    return this.runs.map((run) => ({ ...run, tokens: { ...run.tokens } }))
  }

  move(from: number, to: number): void {
    for (const run of this.runs) if (run.leadId === from) run.leadId = to
  }
}
