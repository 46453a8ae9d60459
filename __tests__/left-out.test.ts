import { leadRecord } from '../src/upsertLead/record'
import { pageVisitOf } from '../src/visitWebPage/page-visit'

const namesOf = (read: (leaveOut: (what: string) => void) => unknown): string[] => {
  const names: string[] = []
  read((what) => names.push(what))
  return names
}

describe('What is left out of an event is named:', () => {
  it('identifiers among the custom fields', () => {
    const customFields = { email: 'b@example.com', userId: 'u2', plan: 'x' }
    const names = namesOf((leaveOut) => leadRecord({ customFields }, { userId: 'u1' }, leaveOut))
    expect(names).toEqual(['Custom Fields > email', 'Custom Fields > userId'])
  })

  it.each(['exa mple.com', 'a\nb', 'https://exa mple.com/'])('the hostname %j', (hostname) => {
    const visit = { url: '/x', userAgent: 'Mozilla/5.0', hostname }
    expect(namesOf((leaveOut) => pageVisitOf(visit, leaveOut))).toEqual(['Hostname'])
  })

  it('and nothing that is only empty', () => {
    const customFields = { plan: '', notes: [] }
    expect(namesOf((leaveOut) => leadRecord({ firstName: ' ', customFields }, { userId: 'u1' }, leaveOut))).toEqual([])
    expect(
      namesOf((leaveOut) => pageVisitOf({ url: '/x', userAgent: 'Mozilla/5.0', hostname: ' ' }, leaveOut))
    ).toEqual([])
  })
})
