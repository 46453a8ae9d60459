import { cookieDomain, decoded, dropTokens, followOptOutLink, isOptedOut, setToken, tokensInCookies } from '../cookies'

const ID = '123-ABC-456'
const OTHER = '999-ZZZ-999'
const PATHS = ['/', '/shop', '/shop/', '/shop/cart', '/shop/cart/']

const openPage = (address: string) => window.history.replaceState({}, '', address)
const set = (name: string, value: string, path = '/'): void => {
  document.cookie = `${name}=${value}; path=${path}`
}

/** Takes the place of the browser's cookies, which jsdom keeps for this one host. */
const browserWith = (get: () => string, set: (cookie: string) => void) =>
  Object.defineProperty(document, 'cookie', { configurable: true, get, set })

beforeEach(() => {
  openPage('/shop/cart/item')
  for (const path of PATHS) {
    for (const name of ['_mkto_trk', 'mkto_opt_out']) document.cookie = `${name}=; path=${path}; max-age=0`
  }
})

afterEach(() => {
  // The browser's own cookies are those of the prototype.
  Reflect.deleteProperty(document, 'cookie')
  openPage('/')
})

describe("Munchkin's cookie", () => {
  it.each([
    [`id:${ID}&token:_mch-x.org-1-2`, ['_mch-x.org-1-2']],
    [`id:${ID.toLowerCase()}&token:a`, ['a']],
    ['token:a', ['a']],
    [encodeURIComponent(`id:${ID}&token:a`), ['a']],
    [`id:${OTHER}&token:a`, []],
    [`x&id:${ID}&token:a`, []],
    [`id:${ID}`, []],
    ['%', []]
  ])('%s holds the tokens %j of this instance', (cookie, tokens) => {
    set('_mkto_trk', cookie)
    expect(tokensInCookies(ID)).toEqual(tokens)
  })

  it('is dropped at each path where the page can see it', () => {
    for (const [i, path] of PATHS.entries()) set('_mkto_trk', `id:${ID}&token:t${i}`, path)
    expect(tokensInCookies(ID)).toHaveLength(PATHS.length)
    dropTokens(ID)
    expect(tokensInCookies(ID)).toEqual([])
  })

  it('of another instance stays', () => {
    set('_mkto_trk', `id:${OTHER}&token:theirs`, '/')
    set('_mkto_trk', `id:${ID}&token:ours`, '/shop/cart')
    dropTokens(ID)
    expect([tokensInCookies(ID), tokensInCookies(OTHER)]).toEqual([[], ['theirs']])
  })

  it('is set for the whole site', () => {
    setToken(ID, 'token', '')
    openPage('/elsewhere')
    expect(tokensInCookies(ID)).toEqual(['token'])
  })

  it('is no reason to fail if the page may not have cookies', () => {
    const blocked = () => {
      throw new Error('blocked')
    }
    browserWith(blocked, blocked)
    setToken(ID, 'token', '')
    expect([tokensInCookies(ID), isOptedOut(), cookieDomain(undefined)]).toEqual([[], false, ''])
  })

  it('may have the domain that the browser accepts, and the probe is gone then', () => {
    const written: string[] = []
    let isAccepted = true
    browserWith(
      () => (isAccepted ? '_mkto_probe=1' : ''),
      (cookie) => written.push(cookie)
    )
    expect(cookieDomain(undefined)).toBe('localhost')
    expect(cookieDomain(5)).toBe('localhost')
    expect(written.slice(0, 2)).toEqual([
      '_mkto_probe=1; path=/; max-age=63072000; domain=localhost',
      '_mkto_probe=; path=/; max-age=0; domain=localhost'
    ])
    isAccepted = false
    expect(cookieDomain(1)).toBe('')
  })
})

describe('An opt-out', () => {
  it.each(['?marketo_opt_out=true', '?a=1&marketo_opt_out=true'])(
    'in the address %s counts at once, and on later pages',
    (query) => {
      openPage(`/${query}`)
      expect(isOptedOut()).toBe(true)
      followOptOutLink(() => '')
      openPage('/shop')
      expect(isOptedOut()).toBe(true)
    }
  )

  it('ends with a link that says so, wherever its cookie is', () => {
    for (const path of PATHS) set('mkto_opt_out', 'id:true', path)
    openPage('/shop/cart/item?marketo_opt_out=false')
    followOptOutLink(() => '')
    expect(isOptedOut()).toBe(false)
    expect(document.cookie).not.toContain('mkto_opt_out')
  })

  it.each(['/?no_marketo_opt_out=true', '/?marketo_opt_out=maybe', '/'])('is not in the address %s', (address) => {
    openPage(address)
    followOptOutLink(() => '')
    expect(isOptedOut()).toBe(false)
    expect(document.cookie).not.toContain('mkto_opt_out')
  })
})

it('decodes text only if it is encoded', () => {
  expect([decoded('a%20b'), decoded('100%'), decoded('plain')]).toEqual(['a b', '100%', 'plain'])
})
