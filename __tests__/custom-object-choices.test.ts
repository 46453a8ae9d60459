import { Destination } from '@segment/actions-core'
import type { DynamicFieldResponse } from '@segment/actions-core'
import destination from '../src'
import { settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()

const choicesFor = (field: string, objectName = ''): Promise<DynamicFieldResponse> =>
  new Destination(destination).actions.syncCustomObject.executeDynamicField(field, {
    settings,
    payload: { objectName },
    page: '1'
  } as never)

it('The field Custom Object offers the objects of the instance', async () => {
  const { choices } = await choicesFor('objectName')
  expect(choices.map(({ value, label }) => [value, label])).toContainEqual(['car_c', 'Car'])
})

it('Fields offers the dedupe fields first, with a mark, and then the other writable fields', async () => {
  const { choices } = await choicesFor('fields.__keys__', 'purchase_c')
  expect(choices.map(({ value }) => value)).toEqual(['orderNumber', 'sku', 'customer', 'amount', 'boughtAt', 'isGift'])
  expect(choices[0]).toMatchObject({ label: 'Order Number (dedupe field)' })
  expect(choices[2].description).toContain('The link to the lead')
})

it.each([
  ['no object is chosen', '', /Choose a Custom Object first/],
  ['the object does not exist', 'bike_c', /1013/],
  ['the name is a path', '..', /Custom Object must be the API name/],
  ['the name is not valid Unicode', '\ud800', /Custom Object must be the API name/]
])('Fields shows an explanation when %s', async (_, name, message) => {
  const { choices, error } = await choicesFor('fields.__keys__', name)
  expect(choices).toEqual([])
  expect(error?.message).toMatch(message)
})

it('Custom Object shows the missing permission instead of choices', async () => {
  sandbox().revoke('Read-Only Custom Object')
  sandbox().revoke('Read-Write Custom Object')
  expect((await choicesFor('objectName')).error?.message).toContain('"Read-Only Custom Object"')
})
