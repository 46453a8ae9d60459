import { leadRecord } from '../src/upsertLead/record'
import { pageVisitOf } from '../src/visitWebPage/page-visit'

const namesOf = (read: (leaveOut: (what: string) => void) => unknown): string[] => {
  const names: string[] = []
  read((what) => names.push(what))
  return names
}

describe('The destination names what it leaves out of an event:', () => {
  it('identifiers in the custom fields', () => {
    const customFields = { email: 'b@example.com', userId: 'u2', plan: 'x' }
    const names = namesOf((leaveOut) => leadRecord({ customFields }, { userId: 'u1' }, leaveOut))
    expect(names).toEqual(['Custom Fields > email', 'Custom Fields > userId'])
  })

  it.each(['exa mple.com', 'a\nb', 'https://exa mple.com/'])('the invalid hostname %j', (hostname) => {
    const visit = { url: '/x', userAgent: 'Mozilla/5.0', hostname }
    expect(namesOf((leaveOut) => pageVisitOf(visit, leaveOut))).toEqual(['Hostname'])
  })

  it('but no value that is only empty', () => {
    const customFields = { plan: '', notes: [] }
    expect(namesOf((leaveOut) => leadRecord({ firstName: ' ', customFields }, { userId: 'u1' }, leaveOut))).toEqual([])
    expect(
      namesOf((leaveOut) => pageVisitOf({ url: '/x', userAgent: 'Mozilla/5.0', hostname: ' ' }, leaveOut))
    ).toEqual([])
  })
})
