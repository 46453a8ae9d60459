import type { DataType } from './field-values'

interface ObjectField {
  name: string
  displayName: string
  dataType: DataType
}

/** A type of custom object, as a marketer has set it up. */
export interface ObjectType {
  name: string
  displayName: string
  description: string
  /** One to three. */
  dedupeFields: string[]
  /** Its own field, and the lead field with the same value, by API name. Marketo may name the latter by its label. */
  link?: { field: string; leadField: string; shownAs: { name: string; field: string } }
  fields: ObjectField[]
}

const field = (name: string, displayName: string, dataType: DataType = 'string'): ObjectField => ({
  name,
  displayName,
  dataType
})

export const STARTING_OBJECT_TYPES: readonly ObjectType[] = [
  {
    name: 'car_c',
    displayName: 'Car',
    description: 'A car that a lead owns',
    dedupeFields: ['vin'],
    link: { field: 'leadID', leadField: 'id', shownAs: { name: 'Lead', field: 'id' } },
    fields: [
      field('vin', 'VIN'),
      field('leadID', 'Lead ID', 'integer'),
      field('make', 'Make'),
      field('model', 'Model'),
      field('year', 'Year', 'integer')
    ]
  },
  {
    name: 'purchase_c',
    displayName: 'Purchase',
    description: 'An item of an order, with its link to the lead described in the other form',
    dedupeFields: ['orderNumber', 'sku'],
    link: { field: 'customer', leadField: 'userId', shownAs: { name: 'lead', field: 'User ID' } },
    fields: [
      field('orderNumber', 'Order Number'),
      field('sku', 'SKU'),
      field('customer', 'Customer'),
      field('amount', 'Amount', 'float'),
      field('boughtAt', 'Bought At', 'datetime'),
      field('isGift', 'Is Gift', 'boolean')
    ]
  },
  {
    name: 'store_c',
    displayName: 'Store',
    description: 'Has no link to leads',
    dedupeFields: ['storeNumber'],
    fields: [field('storeNumber', 'Store Number', 'integer'), field('city', 'City')]
  }
]
