import { startSandbox } from '../../../sandbox'
import type { Sandbox } from '../../../sandbox'
import { ENDPOINTS } from '../../../sandbox/rest/endpoints'

const INSTANCE = { munchkinId: '111-AAA-222', clientId: 'real-client', clientSecret: 'r3al-s3cr3t' }
const ROUTE = require.resolve('./route-real-marketo')

const WRITES = Object.entries(ENDPOINTS)
  .filter(([, { at }]) => at.every((one: string) => !one.startsWith('GET')))
  .map(([name]) => name)

/** A Marketo over HTTP that the test server takes for a real one. */
export interface PlayedMarketo {
  sandbox: () => Sandbox
  /** What the test server is started with. */
  environment: () => Record<string, string>
  /** The writes that arrived since the test began, by endpoint, and visits. */
  writes: () => Record<string, number>
}

export function usePlayedMarketo(): PlayedMarketo {
  let sandbox: Sandbox
  let before: Record<string, number> = {}
  beforeAll(async () => {
    sandbox = await startSandbox(INSTANCE)
  })
  beforeEach(() => {
    sandbox.reset()
    before = counted()
  })
  afterAll(() => sandbox.close())

  function counted(): Record<string, number> {
    const { byEndpoint, uncounted } = sandbox.state().usage
    return { ...byEndpoint, visits: uncounted.munchkin ?? 0 }
  }

  return {
    sandbox: () => sandbox,
    environment: () => ({
      NODE_OPTIONS: `-r tsx/cjs -r ${ROUTE}`,
      PLAYED_MARKETO: `${INSTANCE.munchkinId} ${sandbox.port}`,
      MARKETO_MUNCHKIN_ID: INSTANCE.munchkinId,
      MARKETO_CLIENT_ID: INSTANCE.clientId,
      MARKETO_CLIENT_SECRET: INSTANCE.clientSecret
    }),
    writes: () => {
      const now = counted()
      const arrived = [...WRITES, 'visits'].map((name): [string, number] => [
        name,
        (now[name] ?? 0) - (before[name] ?? 0)
      ])
      return Object.fromEntries(arrived.filter(([, count]) => count > 0))
    }
  }
}
