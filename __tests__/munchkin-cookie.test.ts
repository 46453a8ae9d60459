import { derivedToken } from '../src/leads/visitors/derived-token'
import { tokenOfCookie } from '../src/marketo/areas/munchkin'
import { cookieToken } from '../src/segment/cookie'
import { eventOf, times } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'

const cookieWith = (end: string) => `id:123-ABC-456&token:_mch-example.com-${end}`

describe('A visitor’s cookie', () => {
  it.each(['1741098586131-10001', 'a'.repeat(31), '85eeb125bfe067a6385b1724380af3c4'])(
    'is used if its token ends in %s',
    (end) => {
      expect(tokenOfCookie(cookieWith(end), '123-ABC-456')).toBe(`_mch-example.com-${end}`)
    }
  )

  it.each(['1741098586131', 'a'.repeat(30), 'a'.repeat(33), 'g'.repeat(32)])(
    'is ignored if its token ends in %s',
    (end) => {
      expect(tokenOfCookie(cookieWith(end), '123-ABC-456')).toBeUndefined()
    }
  )
})

describe('A cookie with the token that the destination makes for another user', () => {
  const sandbox = useSandbox()
  const ID = '123-ABC-456'
  const page = { ...eventOf({ userId: 'ada' }), type: 'page' as const }

  it.each(['upsertLead', 'visitWebPage'] as const)(
    'is left out by %s, so that user’s visits stay theirs',
    async (action) => {
      sandbox().reset({
        leads: [
          { id: 1, userId: 'ada' },
          { id: 2, userId: 'eve' }
        ]
      })
      const marketoCookie = `id:${ID}&token:${derivedToken(ID, 'userId:ada')}`
      const eve = eventOf({ userId: 'eve' })
      // After ten, a process no longer asks for the owner of a token before each visit.
      for (const visits of times(11, () => [page])) await sendBatch('visitWebPage', visits)
      const [report] = await sendBatch(action, [{ ...eve, context: { ...eve.context, Marketo: { marketoCookie } } }])
      expect(report.body?.leftOut).toEqual([expect.stringMatching(/^Marketo Cookie/)])
      await sendBatch('visitWebPage', [page])
      const { visits } = sandbox().state()
      expect(visits[visits.length - 1].leadId).toBe(1)
    }
  )

  it('is ignored in any case', () => {
    const token = derivedToken(ID, 'userId:ada')
    const leftOut: string[] = []
    const cookie = `id:${ID}&token:${token.toUpperCase()}`
    expect(cookieToken(cookie, ID, (what) => leftOut.push(what))).toBeUndefined()
    expect(leftOut).toHaveLength(1)
  })
})
