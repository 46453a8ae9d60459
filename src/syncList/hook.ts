import type { ActionDefinition } from '@segment/actions-core'
import type { AudienceSettings, Settings } from '../generated-types'
import type { MarketoClient } from '../marketo/transport/client'
import { listOfId } from '../marketo/areas/lists'
import { refusal } from '../marketo/transport/outcome'
import { shownError } from '../segment/errors'
import { clientFor } from '../segment/perform'
import { listChoices } from './choices'
import { CORRECT_LIST_ID, existingList } from './existing-list'
import type { Payload, RetlOnMappingSaveInputs, RetlOnMappingSaveOutputs } from './generated-types'
import { isGiven, textOf } from './inputs'
import { parseListId } from './list-id'
import { findOrCreateList } from './named-list'
import { savedList } from './saved-list'

type Action = ActionDefinition<Settings, Payload, AudienceSettings, RetlOnMappingSaveInputs, RetlOnMappingSaveOutputs>
type ListHook = NonNullable<NonNullable<Action['hooks']>['retlOnMappingSave']>

/** What the framework shows and keeps. */
interface Connected {
  successMessage: string
  savedData: RetlOnMappingSaveOutputs
}

/** For Reverse ETL, which has no audience: saving the mapping chooses or creates the list. */
export const listHook: ListHook = {
  label: 'Connect to a static list in Marketo',
  description:
    'Uses the static list that you choose, or creates one. People are synced to it. Choose the same list for the field Static List ID, which must not be empty.',
  inputFields: {
    listId: {
      label: 'Static List ID',
      description: 'A static list that exists. Leave empty to create one.',
      // Text, because the framework would throw its own error for an empty number.
      type: 'string',
      dynamic: listChoices
    },
    listName: {
      label: 'List Name',
      description: 'The name of the list to create. It must be unique in your Marketo. Not used with a Static List ID.',
      type: 'string'
    },
    folderName: {
      label: 'Folder Name',
      description:
        'The folder in Marketo in which the list is created, for example one in **Database** > **Group Lists**. Not used with a Static List ID.',
      type: 'string'
    }
  },
  outputTypes: {
    id: {
      label: 'Static List ID',
      description: 'The ID of the static list that people are synced to.',
      type: 'string',
      required: false
    },
    name: {
      label: 'List Name',
      description: 'The name of the static list that people are synced to.',
      type: 'string',
      required: false
    }
  },
  performHook: async (request, { settings, hookInputs, hookOutputs }) => {
    try {
      return await connectList(clientFor(request, settings), { ...hookInputs }, savedList(hookOutputs))
    } catch (error) {
      return { error: shownError(error) }
    }
  }
}

async function connectList(
  client: MarketoClient,
  { listId, listName, folderName }: RetlOnMappingSaveInputs,
  saved: RetlOnMappingSaveOutputs
): Promise<Connected> {
  if (isGiven(listId)) {
    const { id, name } = await existingList(client, listId, CORRECT_LIST_ID)
    return connected(id, name, 'found')
  }
  const [name, folder] = [textOf(listName), textOf(folderName)]
  if (!name || !folder) {
    throw refusal('Choose a Static List ID, or enter a List Name and a Folder Name to create a list.')
  }
  // Saving the mapping again must not create another list.
  const savedId = saved.name === name ? parseListId(saved.id) : undefined
  if (savedId !== undefined && (await listOfId(client, savedId))) return connected(savedId, name, 'found')
  return connected(await findOrCreateList(client, { name, folderName: folder }), name, 'created')
}

function connected(id: number, name: string, what: 'found' | 'created'): Connected {
  return {
    successMessage: `List "${name}" ${what}: its ID is ${id}. Also enter ${id} for the field Static List ID, which must not be empty.`,
    savedData: { id: String(id), name }
  }
}
