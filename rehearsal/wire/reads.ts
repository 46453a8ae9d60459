import { routesTo } from '../../sandbox/rest/routes'

/** A request as it would go to Marketo. */
export interface Outgoing {
  method: string
  host: string
  /** Path and query. */
  path: string
}

const SIGN_IN = '/identity/oauth/token'

/**
 * The list of reads: the only requests that may reach Marketo while nothing may change there. All others are writes until
 * proven otherwise; so is a GET that Marketo's tracking host takes as a visit, and one that overrides its own method.
 * @param munchkinId the only instance that may be asked
 * @returns why the request must not go out; undefined if it is on the list
 */
export function whyNoRead({ method, host, path }: Outgoing, munchkinId: string): string | undefined {
  if (host.toLowerCase() !== `${munchkinId.toLowerCase()}.mktorest.com`)
    return `${host} is not the REST API of the instance`
  const { pathname, searchParams } = new URL(path, `https://${host}`)
  if (path.split('?')[0] !== pathname) return `${path} is not a plain path`
  const overrides = searchParams.getAll('_method')
  if (pathname === SIGN_IN) {
    return ['GET', 'POST'].includes(method) && overrides.length === 0 ? undefined : `${method} is no sign-in`
  }
  const isGet = method === 'GET' && overrides.every((override) => override === 'GET')
  const isPostedGet = method === 'POST' && overrides.length === 1 && overrides[0] === 'GET'
  if (!isGet && !isPostedGet) return `${method} ${pathname} is not a read`
  if (!routesTo(pathname).some((route) => route.method === 'GET')) return `${pathname} is not a known read`
  return undefined
}

export const isSignIn = ({ path }: Pick<Outgoing, 'path'>): boolean => path.split('?')[0] === SIGN_IN
