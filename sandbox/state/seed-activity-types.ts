import type { ActivityType, Attribute } from './activity-types'
import type { DataType } from './field-values'

const attribute = (apiName: string, name: string, dataType: DataType): Attribute => ({
  apiName,
  name,
  description: name,
  dataType
})

const MADE = { createdAt: '2024-02-03T22:36:23Z', updatedAt: '2024-02-03T22:36:23Z' }

export const STARTING_ACTIVITY_TYPES: readonly ActivityType[] = [
  {
    id: 100001,
    apiName: 'orderCompleted_c',
    name: 'Order Completed',
    description: 'A customer completed an order',
    triggerName: 'Completes Order',
    filterName: 'Completed Order',
    ...MADE,
    status: 'approved',
    primaryAttribute: attribute('orderId', 'Order ID', 'string'),
    attributes: [
      attribute('total', 'Total', 'float'),
      attribute('currency', 'Currency', 'string'),
      attribute('coupon', 'Coupon', 'string'),
      attribute('items', 'Items', 'integer')
    ]
  },
  {
    id: 100002,
    apiName: 'webinarAttended_c',
    name: 'Webinar Attended',
    description: 'A person attended a webinar',
    triggerName: 'Attends Webinar',
    filterName: 'Attended Webinar',
    ...MADE,
    status: 'approved with draft',
    primaryAttribute: attribute('webinarName', 'Webinar Name', 'string'),
    attributes: [
      attribute('startedAt', 'Started At', 'datetime'),
      attribute('minutes', 'Minutes', 'integer'),
      attribute('askedQuestion', 'Asked Question', 'boolean')
    ]
  },
  {
    id: 100003,
    apiName: 'trialExtended_c',
    name: 'Trial Extended',
    description: 'Not approved yet: takes no records',
    triggerName: 'Extends Trial',
    filterName: 'Extended Trial',
    ...MADE,
    status: 'draft',
    primaryAttribute: attribute('reason', 'Reason', 'string'),
    attributes: [attribute('days', 'Days', 'integer')]
  }
]
