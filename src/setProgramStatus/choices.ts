import type { DynamicFieldItem } from '@segment/actions-core'
import { describeMemberFields, programOf, statusesOfChannel } from '../marketo/areas/programs'
import { refusal } from '../marketo/transport/outcome'
import { choices, keptChoices } from '../segment/choices'
import type { Payload } from './generated-types'

/** The statuses of the chosen program's channel, in their order; without those that Marketo hides. */
export const statusChoices = keptChoices<Payload>(
  'status',
  (payload) => payload?.programId,
  async (client, payload): Promise<DynamicFieldItem[]> => {
    const id = Number(payload?.programId)
    if (!id) throw refusal('Choose a Program ID first: the statuses of its channel are offered here.')
    const channel = (await programOf(client, id))?.channel
    if (!channel) throw refusal(`Marketo has no program with the ID ${id}. Choose one of those offered for Program ID.`)
    const statuses = await statusesOfChannel(client, channel)
    return statuses
      .filter(({ hidden }) => !hidden)
      .sort((a, b) => (a.step ?? 0) - (b.step ?? 0))
      .map(({ name, step, success }) => ({
        label: name,
        value: name,
        description: [`Step ${step ?? 0} of ${channel}`, ...(success ? ['counts as a success'] : [])].join(', ')
      }))
  }
)

/** The fields of program members that can be written. */
export const memberFieldChoices = choices<Payload>(async (client): Promise<DynamicFieldItem[]> => {
  const fields = await describeMemberFields(client)
  return fields
    .filter(({ updateable }) => updateable)
    .map(({ name, displayName, dataType }) => ({
      label: displayName ?? name,
      value: name,
      description: `${name} (${dataType})`
    }))
})
