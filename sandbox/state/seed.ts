/** A lead to start with: its fields, without those that Marketo itself keeps. */
export interface LeadSeed {
  id?: number
  partition?: string
  /** Munchkin tokens tied to it. */
  cookies?: string[]
  [field: string]: unknown
}

export const STARTING_LEADS: LeadSeed[] = [
  {
    email: 'ada.lovelace@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    company: 'Analytical Engines',
    userId: 'user-ada',
    plan: 'enterprise',
    mrr: 1250.5
  },
  {
    email: 'grace.hopper@example.com',
    firstName: 'Grace',
    lastName: 'Hopper',
    company: 'Compilers Inc',
    country: 'United States',
    cookies: ['_mch-example.com-1741098586131-10001']
  },
  { anonymousId: 'anon-7f3a', city: 'London' },
  { email: 'office@example.org', firstName: 'Alan', lastName: 'Turing' },
  { email: 'office@example.org', firstName: 'Joan', lastName: 'Clarke', partition: 'EMEA' }
]
