import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { pageByOffset } from '../calls/pages'
import type { Page } from '../calls/pages'

export interface Program {
  id: number
  name: string
  /** The name of its channel. */
  channel?: string
  workspace?: string
}

/** A status that members of a program can have. */
export interface ProgressionStatus {
  name: string
  /** A member's status only moves to higher steps. */
  step?: number
  /** Whether a member with it counts as a success of the program. */
  success?: boolean
  hidden?: boolean
}

export function programs(client: MarketoClient, page: string | undefined): Promise<Page<Program>> {
  return pageByOffset<Program>(client, CALLS.programs, {}, page)
}

/** @returns undefined if Marketo has no program with that ID */
export async function programOf(client: MarketoClient, id: number): Promise<Program | undefined> {
  const { result } = await client.send<Program>(CALLS.program, { method: 'GET' }, pathOf(CALLS.program, id))
  return result[0]
}

/** @returns the statuses of a channel; none if Marketo has no channel with that name */
export async function statusesOfChannel(client: MarketoClient, name: string): Promise<ProgressionStatus[]> {
  const path = pathOf(CALLS.channelByName, '', { name })
  const { result } = await client.send<{ progressionStatuses?: ProgressionStatus[] }>(
    CALLS.channelByName,
    { method: 'GET' },
    path
  )
  return itemsIn(result[0]?.progressionStatuses)
}

/** A field of program members. */
export interface MemberField {
  name: string
  displayName?: string
  dataType: string
  /** Marketo sets the others itself. */
  updateable?: boolean
}

/** @returns the fields that members of programs have, in every program. @throws MarketoError */
export async function describeMemberFields(client: MarketoClient): Promise<MemberField[]> {
  const { result } = await client.send<{ fields?: MemberField[] }>(CALLS.programMember, { method: 'GET' })
  return itemsIn(result[0]?.fields)
}
