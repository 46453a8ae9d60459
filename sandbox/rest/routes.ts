import { ENDPOINTS, type EndpointRow, type RestEndpoint } from './endpoints'

/** One way to reach an endpoint. */
export interface Route {
  endpoint: RestEndpoint
  row: EndpointRow
  method: string
  path: RegExp
}

const PARTS = { '{id}': '(\\d+)', '{name}': '([^/]+)', '.': '\\.' }

const patternOf = (path: string) =>
  new RegExp(`^/rest${path.replace(/\{id\}|\{name\}|\./g, (part) => PARTS[part as keyof typeof PARTS])}$`)

const routesOf = ([endpoint, row]: [string, EndpointRow]): Route[] =>
  row.at.map((at) => {
    const [method, path] = at.split(' ')
    return { endpoint: endpoint as RestEndpoint, row, method, path: patternOf(path) }
  })

const ROUTES: Route[] = Object.entries(ENDPOINTS).flatMap(routesOf)

/** The routes of a path, one for each method. */
export const routesTo = (path: string): Route[] => ROUTES.filter((route) => route.path.test(path))
