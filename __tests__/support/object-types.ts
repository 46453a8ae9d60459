import type { ObjectType } from '../../sandbox/state/custom-object-types'

/** A custom object that is linked to leads by their email, which several may have. */
export const SUBSCRIPTION: ObjectType = {
  name: 'subscription_c',
  displayName: 'Subscription',
  description: 'Linked by email',
  dedupeFields: ['number'],
  link: { field: 'owner', leadField: 'email', shownAs: { name: 'Lead', field: 'Email Address' } },
  fields: [
    { name: 'number', displayName: 'Number', dataType: 'string' },
    { name: 'owner', displayName: 'Owner', dataType: 'email' },
    { name: 'plan', displayName: 'Plan', dataType: 'string' }
  ]
}
