import { Destination } from '@segment/actions-core'
import type { Sandbox } from '../sandbox'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { anonymousTracking, settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()

const check = (given: Settings) =>
  new Destination<Settings>(destination).testAuthentication({ ...given, subscriptions: [] } as never)

/** Runs the connection test with this result from Describe Lead 2. */
async function checkOf(result: object[]): Promise<unknown> {
  const request = async () => ({ ok: true, status: 200, data: { success: true, result } })
  return destination.authentication?.testAuthentication?.(request as never, { settings } as never)
}

describe('The connection test', () => {
  it('passes with one call when the setup is complete', async () => {
    await check(settings)
    expect(sandbox().state().usage).toMatchObject({ total: 1, byEndpoint: { describeLeads: 1 } })
  })

  it('requires the field anonymousId only with anonymous tracking', async () => {
    sandbox().removeField('anonymousId')
    await check(settings)
    await expect(check(anonymousTracking)).rejects.toThrow(/"anonymousId".*Field Management/s)
  })

  it.each<[string, Partial<Settings>, (sandbox: Sandbox) => void, RegExp]>([
    ['a wrong secret', { clientSecret: 'wrong' }, () => undefined, /Client ID and Client Secret.*LaunchPoint/s],
    ['a wrong client ID', { clientId: 'wrong' }, () => undefined, /Client ID and Client Secret.*LaunchPoint/s],
    ['a malformed Munchkin ID', { munchkinId: 'evil.com/' }, () => undefined, /Munchkin Account ID.*Admin > Munchkin/s],
    [
      'a missing permission',
      {},
      (sandbox) => sandbox.addFault({ endpoint: 'describeLeads', kind: 'error', code: '603' }),
      /603.*"Read-Only Lead".*Users & Roles/s
    ],
    [
      'a missing field userId',
      {},
      (sandbox) => sandbox.removeField('userId'),
      /no lead field .*"userId".*Field Management/s
    ],
    [
      'an unreachable Marketo',
      {},
      (sandbox) => sandbox.addFault({ endpoint: 'describeLeads', kind: 'cut' }),
      /no answer from Marketo/
    ]
  ])('says what to do about %s', async (_what, wrong, arrange, message) => {
    arrange(sandbox())
    await expect(check({ ...settings, ...wrong })).rejects.toThrow(message)
  })

  it.each(['500', '606', '607', '611', '1029', '9999'])('promises no retry of events after error %s', async (code) => {
    sandbox().addFault({ endpoint: 'describeLeads', kind: 'error', code })
    const { message } = await check(settings).then(
      () => ({ message: '' }),
      (error: Error) => error
    )
    expect(message).toMatch(/Try again later\.$/)
    expect(message).not.toContain('events')
  })

  it.each([
    ['userid', 'string', /"userid" must have the API name "userId" exactly.*Field Management/s],
    ['USERID', 'text', /"USERID" must have the API name "userId" exactly.*Field Management/s],
    ['userId', 'text', /"userId" is not searchable.*String.*Field Management/s]
  ])('says what to do about the field %s of type %s', async (name, dataType, message) => {
    const description = {
      searchableFields: dataType === 'string' ? [[name]] : [],
      fields: [{ name, displayName: 'User ID', dataType, updateable: true }]
    }
    await expect(checkOf([description])).rejects.toThrow(message)
  })

  it.each<[string, object[]]>([
    ['nothing', []],
    ['no fields', [{}]]
  ])('reports a missing field when Describe Lead 2 returns %s', async (_what, result) => {
    await expect(checkOf(result)).rejects.toThrow('Marketo has no lead field with the API name "userId"')
  })
})
