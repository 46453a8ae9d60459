import type { Destination, DestinationDefinition, JSONObject } from '@segment/actions-core'
import type { RequestHandler } from 'express'
import { isObject } from '../migration/json'
import { fillSettings, marketoOf, SANDBOX } from './marketo-instance'
import type { InstanceSettings, MarketoKind } from './marketo-instance'
import { recordedDestination } from './recorded-destination'
import type { Exchange } from './recorded-destination'
import { withoutSecrets } from './secrets'

/** A request that may reach Marketo, with everything it needs. */
export interface MarketoCall {
  body: JSONObject
  settings: JSONObject
  marketo: MarketoKind
  /** Only this request uses it and its exchanges. */
  destination: Destination
  exchanges: Exchange[]
  /** The dynamic field in the path, if the route has one. */
  field: string
  /** Aborted when the client goes away. */
  gone: AbortSignal
}

/** @returns HTTP status and body of the answer */
export type Handle = (call: MarketoCall) => Promise<[status: number, body: unknown]>

/** All routes that may reach Marketo go through here. It fills in settings, names the Marketo, and hides secrets. */
export const marketoRoute =
  (definition: DestinationDefinition<JSONObject>, defaults: InstanceSettings) =>
  (handle: Handle, settingsIn = (body: JSONObject) => body.settings): RequestHandler =>
  (req, res, next) => {
    const body = objectOr(req.body, {})
    const settings = fillSettings(objectOr(settingsIn(body), {}), defaults)
    const marketo = marketoOf(settings)
    res.setHeader('x-marketo', marketo.label)
    const abort = new AbortController()
    res.once('close', () => abort.abort())

    handle({
      ...recordedDestination(definition),
      ...{ body, settings, marketo: marketo.kind, field: req.params.field, gone: abort.signal }
    })
      .then(([status, answer]) =>
        res
          .status(status)
          .type('json')
          .send(JSON.stringify(answer, withoutSecrets(secretsIn(settings, definition))))
      )
      .catch(next)
  }

function secretsIn(settings: JSONObject, { authentication }: DestinationDefinition<JSONObject>): string[] {
  return Object.entries(authentication?.fields ?? {})
    .filter(([, { type }]) => type === 'password')
    .map(([key]) => String((settings[key] ?? '') as string))
    .filter((secret) => secret !== SANDBOX.clientSecret)
}

const objectOr = (value: unknown, otherwise: JSONObject): JSONObject => (isObject(value) ? value : otherwise)
