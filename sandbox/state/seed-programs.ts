import type { Channel, MemberField } from './programs'

const status = (name: string, step: number, success = false, hidden = false) => ({ name, step, hidden, success })

export const STARTING_CHANNELS: readonly Channel[] = [
  {
    id: 3,
    name: 'Webinar',
    progressionStatuses: [
      status('Not in Program', 0),
      status('Invited', 10),
      status('Registered', 20),
      status('No Show', 30),
      status('Attended', 40, true),
      status('Attended On-demand', 40, true),
      status('Cancelled', 50, false, true)
    ]
  },
  {
    id: 4,
    name: 'Online Advertising',
    progressionStatuses: [status('Not in Program', 0), status('Clicked', 10), status('Influenced', 20, true)]
  }
]

/** Custom fields of program members. A form may have them, too. */
export const STARTING_MEMBER_FIELDS: readonly MemberField[] = [
  { name: 'registrationCode', displayName: 'Registration Code', dataType: 'string' },
  { name: 'seats', displayName: 'Seats', dataType: 'integer' },
  { name: 'vip', displayName: 'VIP', dataType: 'boolean' }
]
