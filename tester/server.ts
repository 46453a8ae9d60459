import type { AudienceDestinationDefinition, DestinationDefinition, JSONObject } from '@segment/actions-core'
import cors from 'cors'
import express from 'express'
import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import { ownOriginOnly, refuseForeignHosts, refuseForeignOrigins, requireJson, TESTER_ORIGINS } from './access'
import { batchKeys } from './batch-keys-route'
import {
  action,
  authenticate,
  createAudience,
  deleteUser,
  dynamicField,
  getAudience,
  refreshAccessToken
} from './cli-routes'
import { choices } from './choices-route'
import { dynamicFieldPaths, isDynamicPath } from './dynamic-paths'
import { hookChoices, hookRoutes, runHook } from './hook-routes'
import type { InstanceSettings } from './marketo-instance'
import { marketoRoute } from './marketo-route'
import type { Handle } from './marketo-route'
import { map } from './map-route'
import { migrate } from './migrate-route'
import { pageFiles } from './page-files'
import { logRequests } from './request-log'
import { rehearse } from './rehearse-route'
import { run } from './run-route'
import { BODY_LIMIT, forwardTo } from './sandbox-proxy'
import { setupCheck } from './setup-check-route'
import { usage } from './usage-route'
import { website } from './website'

export interface TestServerOptions {
  /** Fills in the settings that a request leaves out. */
  defaults: InstanceSettings
  sandboxUrl: string
  /** The destination's folder, as the manifest names it. */
  directoryName: string
  /** The folder with the tester page, served at `/`. If absent, the server has no page. */
  page?: string
  log: (line: string) => void
}

/** The local test server: the routes of the actions CLI's `serve`, and those of the tester page. */
export function createTestServer<Settings>(
  destinationDefinition: DestinationDefinition<Settings>,
  { defaults, sandboxUrl, directoryName, page, log }: TestServerOptions
): { app: Express; routes: string[] } {
  const definition = destinationDefinition as unknown as DestinationDefinition<JSONObject>
  const app = express().disable('x-powered-by')
  const routes = ['GET /manifest']
  const toMarketo = marketoRoute(definition, defaults)
  const post = (path: string, handle: Handle, settingsIn?: (body: JSONObject) => JSONObject) => {
    routes.push(`POST ${path}`)
    app.post(path, toMarketo(handle, settingsIn))
  }

  app.use(logRequests(log), refuseForeignHosts, refuseForeignOrigins, website(sandboxUrl), requireJson)
  app.use(
    ['/run', '/map', '/batch-keys', '/choices', '/migrate', '/usage', '/check-setup', '/rehearse', '/sandbox'],
    ownOriginOnly
  )
  app.use('/sandbox', forwardTo(sandboxUrl))
  // A rehearsal takes all events at once, because each sees what the earlier ones would do.
  app.use('/rehearse', express.json({ limit: '100mb' }))
  app.use(cors({ origin: TESTER_ORIGINS, exposedHeaders: 'x-marketo' }), express.json({ limit: BODY_LIMIT }))

  app.get('/manifest', (_req, res) =>
    res.type('json').send(JSON.stringify({ ...definition, directoryName }, withDynamicInputs))
  )
  post('/authenticate', authenticate, (body) => body)
  post('/refreshAccessToken', refreshAccessToken)
  const audiences = (definition as Partial<AudienceDestinationDefinition>).audienceConfig ?? {}
  if ('createAudience' in audiences) post('/createAudience', createAudience)
  if ('getAudience' in audiences) post('/getAudience', getAudience)
  for (const [name, { dynamicFields = {}, hooks }] of Object.entries(definition.actions)) {
    post(`/${name}`, action(name))
    routes.push(...dynamicFieldPaths(dynamicFields).map((field) => `POST /${name}/${field}`))
    const ifDynamic: RequestHandler = ({ params: { field } }, _res, next) =>
      next(isDynamicPath(dynamicFields, field) ? undefined : 'route')
    app.post(`/${name}/:field`, ifDynamic, toMarketo(dynamicField(name)))
    post(`/run/${name}`, run(name))
    post(`/map/${name}`, map(definition, name))
    post(`/batch-keys/${name}`, batchKeys(name))
    app.post(`/choices/${name}/:field`, ifDynamic, toMarketo(choices(name)))
    for (const { hook, inputs } of hookRoutes(hooks)) {
      post(`/${name}/hooks/${hook}`, runHook(name, hook))
      for (const input of inputs) post(`/${name}/hooks/${hook}/dynamic/${input}`, hookChoices(name, hook, input))
    }
  }
  post('/usage', usage)
  post('/check-setup', setupCheck)
  post('/rehearse', rehearse(sandboxUrl))
  routes.push('POST /migrate')
  app.post('/migrate', migrate)
  if (definition.onDelete) post('/delete', deleteUser)
  routes.push('GET /sandbox/state')
  if (page !== undefined) app.use(...pageFiles(page))

  app.use((req, res) => void res.status(404).json({ error: `There is no ${req.method} ${req.path}.`, routes }))
  app.use(answerErrors)
  return { app, routes }
}

/** JSON has no functions. The choices of a hook's input are one, and the page must know that there are choices. */
const withDynamicInputs = (key: string, value: unknown): unknown =>
  key === 'dynamic' && typeof value === 'function' ? true : value

const answerErrors: ErrorRequestHandler = (error: Error & { status?: number; type?: string }, _req, res, next) => {
  if (res.headersSent) return next(error)
  const { status = 500, type, message } = error
  // The parser's own message quotes the body, which may contain a secret.
  const invalidJson = `The body is not valid JSON${/ at position \d+/.exec(message)?.[0] ?? ''}.`
  res.status(status).json({ error: type === 'entity.parse.failed' ? invalidJson : message })
}
