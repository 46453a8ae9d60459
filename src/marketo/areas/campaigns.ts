import { CALLS } from '../calls/all-calls'
import type { MarketoClient } from '../transport/client'
import { pageByToken } from '../calls/pages'
import type { Page } from '../calls/pages'

/** A value for a My Token of a campaign's program or folder, for one call. */
export type MyToken = { name: string; value: string }

export interface Campaign {
  id: number
  name: string
  programName?: string
  workspaceName?: string
}

/** @returns a page of the campaigns that can be requested: active, with the trigger "Campaign is Requested" by Web Service API */
export function requestableCampaigns(client: MarketoClient, page: string | undefined): Promise<Page<Campaign>> {
  return pageByToken<Campaign>(client, CALLS.campaigns, { isTriggerable: 'true' }, page)
}
