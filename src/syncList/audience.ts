import type { AudienceDestinationDefinition, GlobalSetting } from '@segment/actions-core'
import type { AudienceSettings, Settings } from '../generated-types'
import type { MarketoClient } from '../marketo/transport/client'
import { refusal } from '../marketo/transport/outcome'
import { orTell } from '../segment/errors'
import { clientFor } from '../segment/perform'
import { CORRECT_LIST_ID, existingList } from './existing-list'
import { isGiven, textOf } from './inputs'
import { findOrCreateList } from './named-list'

export const audienceFields: Record<'listId' | 'folderName', GlobalSetting> = {
  listId: {
    label: 'Static List ID',
    description:
      "The ID of a static list that exists: the number after #ST in the list's URL in Marketo. Leave empty to create a list for the audience.",
    type: 'number'
  },
  folderName: {
    label: 'Folder Name',
    description:
      'The folder in Marketo in which a static list with the name of the audience is created, for example one in **Database** > **Group Lists**. Not needed with a Static List ID.',
    type: 'string'
  }
}

type AudienceConfig = Extract<
  AudienceDestinationDefinition<Settings, AudienceSettings>['audienceConfig'],
  { createAudience: unknown }
>
type AudienceInput = Parameters<AudienceConfig['createAudience']>[1]

/** Each audience has a static list in Marketo; Segment keeps the list's ID as the audience's external ID. */
export const audienceConfig: AudienceConfig = {
  mode: { type: 'synced', full_audience_sync: false },
  createAudience: (request, input) =>
    orTell(async () => externalIdOf(await listForAudience(clientFor(request, input.settings), input))),
  getAudience: (request, { settings, externalId }) =>
    orTell(async () => {
      const client = clientFor(request, settings)
      return externalIdOf((await existingList(client, externalId, LIST_GONE)).id)
    })
}

const LIST_GONE = 'Remove the audience from this destination and add it again, with an existing list or a Folder Name.'

const externalIdOf = (listId: number) => ({ externalId: String(listId) })

/** The framework does not check settings for emptiness. */
async function listForAudience(client: MarketoClient, input: AudienceInput): Promise<number> {
  const { audienceSettings, personas } = input
  if (isGiven(audienceSettings?.listId)) {
    return (await existingList(client, audienceSettings?.listId, CORRECT_LIST_ID)).id
  }
  const folderName = textOf(audienceSettings?.folderName)
  if (!folderName) {
    throw refusal(
      'The audience has no list yet. Enter the ID of an existing list as Static List ID, or the folder for a new list as Folder Name.'
    )
  }
  const name = textOf(input.audienceName)
  if (!name) throw refusal('The audience has no name, but its static list needs one. Name the audience in Segment.')
  return findOrCreateList(client, { name, folderName, computationId: textOf(personas?.computation_id) })
}
