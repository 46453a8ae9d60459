import { createHash } from 'node:crypto'
import { createRequestClient, createTestEvent, Destination } from '@segment/actions-core'
import type { DecoratedResponse, JSONObject, RequestClient, RequestOptions } from '@segment/actions-core'
import type { Sandbox } from '../sandbox'
import { CALLS } from '../src/marketo/calls/all-calls'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { times } from './support/events'
import { mappingOf, settings as usual, useSandbox } from './support/marketo'
import type { ActionKey, Sending, TestEvent } from './support/marketo'
import { identify, ON_LIST, ORDER, page, track } from './support/numbered-events'

const CLIENT_SECRET = 'Client5ecret0f5egment'
const WRONG_SECRET = 'Wr0ngClient5ecret'
const settings: Settings = { ...usual, clientSecret: CLIENT_SECRET, trackAnonymousActivity: true }
const sandbox = useSandbox(undefined, CLIENT_SECRET)

afterEach(() => jest.restoreAllMocks())

/** Everything that a customer sees of an operation: its exchanges, and its result or error. */
interface Display {
  exchanges: DecoratedResponse[]
  outcome: unknown
}

type Story = (settings: Settings) => Promise<Display>

const SENDINGS: [ActionKey, (i: number) => TestEvent, Sending][] = [
  ['upsertLead', identify, { mapping: { associateWebActivity: true } }],
  ['sendCustomActivity', track, { mapping: ORDER }],
  ['visitWebPage', page, {}],
  ['syncList', track, { mapping: ON_LIST }]
]

const DYNAMIC_FIELDS: [ActionKey, string][] = [
  ['upsertLead', 'customFields.__keys__'],
  ['upsertLead', 'lookupField'],
  ['sendCustomActivity', 'activityTypeId'],
  ['sendCustomActivity', 'attributes.__keys__'],
  ['syncList', 'listId']
]

const STORIES: [string, Story][] = [
  ...SENDINGS.flatMap(([action, event, sending]): [string, Story][] => [
    [
      `${action}, in a batch`,
      running((destination, settings) =>
        destination.actions[action].executeBatch({
          data: times(3, (i) => createTestEvent(event(i)) as unknown as JSONObject),
          mapping: mappingOf(action, sending),
          settings,
          auth: undefined
        })
      )
    ],
    [
      `${action}, single`,
      running((destination, settings) =>
        destination.actions[action].execute({
          data: createTestEvent(event(1)) as unknown as JSONObject,
          mapping: mappingOf(action, sending),
          settings,
          auth: undefined
        })
      )
    ]
  ]),
  ...DYNAMIC_FIELDS.map(([action, field]): [string, Story] => [
    `choices for ${action}.${field}`,
    running((destination, settings) =>
      destination.actions[action].executeDynamicField(field, {
        settings,
        payload: { activityTypeId: 100001 }
      } as never)
    )
  ]),
  [
    'createAudience',
    running((destination, settings) => {
      const audience = { audienceName: 'Big Spenders', audienceSettings: { folderName: 'Segment' } }
      return destination.createAudience({ settings, ...audience })
    })
  ],
  ['getAudience', running((destination, settings) => destination.getAudience({ settings, externalId: '1001' }))],
  [
    'retlOnMappingSave',
    running((destination, settings) => {
      const data = { settings, payload: {}, hookInputs: { listName: 'Model A', folderName: 'Segment' } }
      return destination.actions.syncList.executeHook('retlOnMappingSave', data as never)
    })
  ],
  [
    'testAuthentication',
    requesting(async (request, settings) => {
      await destination.authentication?.testAuthentication?.(request, { settings } as never)
    })
  ],
  [
    'onDelete',
    requesting(async (request, settings) => {
      const payload = { userId: 'user-ada', anonymousId: 'anon-7f3a' }
      await destination.onDelete?.(request, { settings, payload } as never)
    })
  ]
]

const TROUBLES: [string, (sandbox: Sandbox) => Settings | void][] = [
  ['everything succeeds', () => undefined],
  ['the token has expired', (sandbox) => sandbox.expireTokens()],
  [
    'Marketo refuses every token',
    (sandbox) => sandbox.addFault({ endpoint: '*', kind: 'error', code: '601', times: 99 })
  ],
  ['the credentials are wrong', () => ({ ...settings, clientSecret: WRONG_SECRET })],
  [
    'the role lacks permissions',
    (sandbox) => sandbox.addFault({ endpoint: '*', kind: 'error', code: '603', times: 99 })
  ],
  ['connections are lost', (sandbox) => sandbox.addFault({ endpoint: '*', kind: 'cut', times: 99 })],
  [
    'a gateway answers with an HTML page',
    (sandbox) => sandbox.addFault({ endpoint: '*', kind: 'status', status: 502, times: 99 })
  ],
  ['answers are broken', (sandbox) => sandbox.addFault({ endpoint: '*', kind: 'broken', times: 99 })],
  [
    'no answer comes in time',
    (sandbox) => {
      for (const call of Object.values(CALLS)) jest.replaceProperty(call, 'timeoutMs', 50)
      const calls = jest.requireActual<{ BEACON_TIMEOUT_MS: number }>('../src/marketo/transport/call')
      jest.replaceProperty(calls, 'BEACON_TIMEOUT_MS', 50)
      sandbox.addFault({ endpoint: '*', kind: 'delay', ms: 5_000, times: 99 })
    }
  ],
  [
    'sign-in fails with an HTML page',
    (sandbox) => {
      sandbox.expireTokens()
      sandbox.addFault({ endpoint: 'identity', kind: 'status', status: 503, times: 99 })
    }
  ],
  [
    'the connection is lost during sign-in',
    (sandbox) => {
      sandbox.expireTokens()
      sandbox.addFault({ endpoint: 'identity', kind: 'cut', times: 99 })
    }
  ]
]

describe.each(TROUBLES)('When %s', (_trouble, arrange) => {
  it.each(STORIES)('%s shows neither secret nor token', async (_story, run) => {
    const before = await currentToken()
    const display = await run(arrange(sandbox()) ?? settings)
    sandbox().clearFaults()
    const hidden = secretsOf(before, await currentToken())
    const shown = JSON.stringify([display.exchanges.map(displayed), describedError(display.outcome)])
    expect(shown.length).toBeGreaterThan(20)
    expect(hidden.filter((secret) => shown.includes(secret))).toEqual([])
  })
})

it('The checked exchanges are the ones that carry the token', async () => {
  const [[, run]] = STORIES
  const { exchanges } = await run(settings)
  const carried = exchanges.map(({ request }) => request.headers.get('authorization'))
  expect(carried.length).toBeGreaterThan(1)
  expect(new Set(carried)).toEqual(new Set([`Bearer ${await currentToken()}`]))
})

it('Sign-in exchanges are not displayed', async () => {
  for (const [, run] of STORIES) {
    sandbox().expireTokens()
    const { exchanges } = await run(settings)
    expect(exchanges.filter(({ url }) => url.includes('/identity/'))).toEqual([])
  }
})

function running(work: (running: Destination<Settings>, settings: Settings) => Promise<unknown>): Story {
  return async (settings) => {
    const instance = new Destination<Settings>(destination)
    return { outcome: await work(instance, settings).catch((error: unknown) => error), exchanges: instance.responses }
  }
}

/** A story that the framework runs with a request client whose exchanges the CLI records. */
function requesting(work: (request: RequestClient, settings: Settings) => Promise<unknown>): Story {
  return async (settings) => {
    const exchanges: DecoratedResponse[] = []
    const record = (request: Request, options: RequestOptions, response: Response) => {
      exchanges.push(Object.assign(response, { request, options }) as unknown as DecoratedResponse)
    }
    const request = createRequestClient({ afterResponse: [record as never] })
    return { outcome: await work(request, settings).catch((error: unknown) => error), exchanges }
  }
}

async function currentToken(): Promise<string> {
  const response = await fetch(`${sandbox().url}/identity/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.clientId,
      client_secret: CLIENT_SECRET
    })
  })
  return ((await response.json()) as { access_token: string }).access_token
}

/** Both secrets and all tokens, in every form that could be shown. */
function secretsOf(...tokens: string[]): string[] {
  const secrets = [CLIENT_SECRET, WRONG_SECRET, ...tokens.map((token) => token.split(':')[0])]
  return [
    ...secrets,
    ...secrets.map((secret) => createHash('sha256').update(secret).digest('hex')),
    ...secrets.map((secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''))
  ]
}

/** An exchange as the CLI shows it: the authorization header is redacted. */
function displayed({ request, options, url, status, statusText, headers, content, data }: DecoratedResponse) {
  const { authorization: _redacted, ...sent } = headersOf(request.headers)
  return {
    request: { url: request.url, method: request.method, headers: sent, body: options.body, json: options.json },
    response: { url, status, statusText, headers: headersOf(headers), content, data }
  }
}

function headersOf(headers: Headers): Record<string, string> {
  const all: Record<string, string> = {}
  headers.forEach((value, name) => {
    all[name] = value
  })
  return all
}

function describedError(outcome: unknown): unknown {
  return outcome instanceof Error ? { ...outcome, message: outcome.message, stack: outcome.stack } : outcome
}
