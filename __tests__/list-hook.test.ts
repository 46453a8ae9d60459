import { createRequestClient, Destination } from '@segment/actions-core'
import type { DynamicFieldResponse, JSONObject } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()

interface Answer {
  successMessage?: string
  savedData?: { id?: string; name?: string }
  error?: { message: string; code: string }
}

/** Saves a mapping with the inputs of the hook and, if it was saved before, with the earlier result. */
function save(hookInputs: JSONObject, saved?: Answer['savedData'], given: Partial<Settings> = {}): Promise<Answer> {
  const data = {
    settings: { ...settings, ...given },
    payload: {},
    hookInputs,
    hookOutputs: saved && { retlOnMappingSave: { inputs: hookInputs, outputs: saved } }
  }
  return new Destination<Settings>(destination).actions.syncList.executeHook('retlOnMappingSave', data as never)
}

const lists = () => sandbox().state().lists
const NEW = { listName: 'Model A', folderName: 'Segment' }

describe('Saving a mapping for reverse ETL', () => {
  it('finds the chosen list, and says that the field also needs its ID', async () => {
    expect(await save({ listId: 1002 })).toEqual({
      successMessage: expect.stringMatching(
        /"Trial Users" found: its ID is 1002.*1002 for the field Static List ID/
      ) as string,
      savedData: { id: '1002', name: 'Trial Users' }
    })
    expect(lists()).toHaveLength(2)
  })

  it('accepts the list ID as text, as the choices offer it', async () => {
    expect((await save({ listId: '1002' })).savedData).toEqual({ id: '1002', name: 'Trial Users' })
  })

  it('creates a list in the folder', async () => {
    expect(await save(NEW)).toEqual({
      successMessage: expect.stringMatching(/"Model A" created: its ID is 1003/) as string,
      savedData: { id: '1003', name: 'Model A' }
    })
    expect(lists()[2]).toMatchObject({ name: 'Model A', folder: { id: 416 } })
  })

  it('keeps the list that it created when the mapping is saved again', async () => {
    const { savedData } = await save(NEW)
    expect((await save(NEW, savedData)).savedData).toEqual(savedData)
    expect(lists()).toHaveLength(3)
  })

  it('creates the list again when it was deleted', async () => {
    expect((await save(NEW, { id: '99', name: NEW.listName })).savedData).toEqual({ id: '1003', name: 'Model A' })
  })

  it('creates another list for another name', async () => {
    const { savedData } = await save(NEW)
    expect((await save({ ...NEW, listName: 'Model B' }, savedData)).savedData).toEqual({ id: '1004', name: 'Model B' })
  })

  it('does not mix two models in one list: the error for a taken name says what to do', async () => {
    await save(NEW)
    expect(await save(NEW)).toEqual({
      error: {
        code: '400',
        message: expect.stringMatching(
          /already has a static list named "Model A" \(ID 1003\).*Static List ID/
        ) as string
      }
    })
  })

  it.each<[string, JSONObject, RegExp]>([
    ['empty fields', { listId: '', listName: ' ', folderName: '' }, /Static List ID.*List Name.*Folder Name/],
    ['an invalid list ID', { listId: 'x' }, /Static List ID must be a positive whole number, but it is "x"/],
    ['nothing', {}, /Static List ID.*List Name.*Folder Name/],
    ['a name without a folder', { listName: 'Model A' }, /Folder Name/],
    ['a missing list', { listId: 99 }, /no static list with the ID 99.*Correct Static List ID/],
    ['a missing folder', { ...NEW, folderName: 'Nowhere' }, /no folder named "Nowhere"/]
  ])('with %s returns an error instead of throwing it', async (_what, inputs, message) => {
    expect(await save(inputs)).toEqual({ error: { code: '400', message: expect.stringMatching(message) as string } })
  })

  it.each<[string, Partial<Settings>, string]>([
    ['wrong credentials', { clientSecret: 'wrong' }, '401'],
    ['a malformed Munchkin ID', { munchkinId: 'evil.com/' }, '400']
  ])('with %s also returns an error', async (_what, given, code) => {
    expect(await save({ listId: 1002 }, undefined, given)).toMatchObject({ error: { code } })
  })
})

it('The hook also returns an error when it gets no inputs at all', async () => {
  const hook = destination.actions.syncList.hooks?.retlOnMappingSave
  const answer: unknown = await hook?.performHook(createRequestClient(), { settings } as never)
  expect(answer).toMatchObject({ error: { code: '400' } })
})

describe.each(['the field', 'the hook'])('The lists that %s offers', (where) => {
  const choicesFor = (more: JSONObject = {}): Promise<DynamicFieldResponse> => {
    const { listId } = destination.actions.syncList.hooks?.retlOnMappingSave?.inputFields ?? {}
    const ofHook = where === 'the hook' ? listId?.dynamic : undefined
    return new Destination<Settings>(destination).actions.syncList.executeDynamicField(
      'listId',
      { settings, payload: {}, ...more } as never,
      ofHook
    )
  }

  it('are the static lists of Marketo, by name', async () => {
    expect(await choicesFor({ page: 1 })).toEqual({
      choices: [
        { label: 'Newsletter Readers', value: '1001', description: '1001' },
        { label: 'Trial Users', value: '1002', description: '1002' }
      ]
    })
  })

  it('can all be reached, page by page', async () => {
    sandbox().reset({ assets: { lists: 650 } })
    const values: string[] = []
    let page: string | undefined = '1'
    while (page) {
      const answer: DynamicFieldResponse = await choicesFor({ page })
      expect(answer.error).toBeUndefined()
      values.push(...answer.choices.map(({ value }) => value))
      page = answer.nextPage
    }
    expect(new Set(values).size).toBe(652)
    expect(sandbox().state().usage.byEndpoint).toEqual({ getLists: 3 })
  })

  it('are replaced by an explanation when Marketo refuses the call', async () => {
    sandbox().revoke('Read-Only Lead')
    sandbox().revoke('Read-Write Lead')
    expect(await choicesFor()).toEqual({
      choices: [],
      error: { code: '403', message: expect.stringContaining('"Read-Only Lead"') as string }
    })
  })
})

it('The lists of the hook can be searched', async () => {
  const { listId } = destination.actions.syncList.hooks?.retlOnMappingSave?.inputFields ?? {}
  sandbox().reset({ assets: { lists: 650 } })
  const data = { settings, payload: {}, dynamicFieldContext: { query: 'LIST 0640' } }
  const { choices } = await new Destination<Settings>(destination).actions.syncList.executeDynamicField(
    'listId',
    data as never,
    listId?.dynamic
  )
  expect(choices).toMatchObject([{ label: 'Sample List 0640' }])
})
