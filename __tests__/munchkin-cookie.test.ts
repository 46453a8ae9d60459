import { tokenOfCookie } from '../src/marketo/munchkin'

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
