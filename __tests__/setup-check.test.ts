import { execFile } from 'child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { createRequestClient, defaultValues } from '@segment/actions-core'
import { EXAMPLES } from '../examples/actions'
import type { Value } from '../migration/json'
import { migrationOf } from '../migration/migration'
import type { Sandbox } from '../sandbox'
import { checkSetup } from '../setup-check/check-setup'
import { REMEDIES } from '../setup-check/finding'
import type { FindingName } from '../setup-check/finding'
import { mappingsIn } from '../setup-check/mappings'
import { readOnly, ReadOnlyClient, WriteRefused } from '../setup-check/read-only'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { addActivityAttributes } from '../src/marketo/areas/activities'
import { associateLead, deleteLeads } from '../src/marketo/areas/leads'
import { anonymousTracking, settings, useSandbox } from './support/marketo'
import type { ActionKey } from './support/marketo'

const sandbox = useSandbox({ callsPerWindow: 10_000 })

type Fields = Record<string, Value>

/** A mapping as the tester page copies it. */
const mappingOf = (partnerAction: ActionKey, more: Fields = {}) => ({
  name: 'Mine',
  partnerAction,
  subscribe: 'type = "track"',
  enabled: true,
  mapping: {
    ...(defaultValues(destination.actions[partnerAction].fields) as Fields),
    ...EXAMPLES[partnerAction].mapping,
    ...more
  }
})

async function check(mappings: object[], given: Partial<Settings> = {}) {
  return checkSetup({ ...settings, ...given }, mappings.length === 0 ? [] : mappingsIn(mappings))
}

const faultsOf = async (mappings: object[], given: Partial<Settings> = {}) =>
  (await check(mappings, given)).filter(({ level }) => level !== 'note')

const DATED = { eventTime: { '@path': '$.timestamp' } }

/** For each fault its name, a mapping that has it, what the message names, and what was done in Marketo before. */
const FAULTS: [FindingName, ActionKey, Fields, string, ((sandbox: Sandbox) => void)?][] = [
  ['lead-field-missing', 'upsertLead', { customFields: { shoeSize: { '@path': '$.traits.size' } } }, 'shoeSize'],
  ['lead-field-missing', 'upsertLead', {}, 'gender', (one) => one.removeField('gender')],
  ['lead-field-read-only', 'upsertLead', { customFields: { createdAt: { '@path': '$.traits.at' } } }, 'createdAt'],
  ['lead-field-type', 'upsertLead', { customFields: { leadScoreExt: 'high' } }, 'leadScoreExt'],
  ['lookup-field', 'upsertLead', { lookupField: 'mrr' }, 'mrr'],
  ['partition', 'upsertLead', { partitionName: 'Mars' }, 'Mars'],
  ['activity-type-unset', 'sendCustomActivity', { activityTypeId: '' }, 'no activity type'],
  ['activity-type-missing', 'sendCustomActivity', { activityTypeId: 4711 }, '4711'],
  ['activity-type-draft', 'sendCustomActivity', { activityTypeId: 100003, attributes: {} }, 'Trial Extended'],
  [
    'activity-type-draft',
    'sendCustomActivity',
    { onMappingSave: { outputs: { activityTypeId: 100003 } }, attributes: {} },
    'Trial Extended'
  ],
  ['attribute-missing', 'sendCustomActivity', { attributes: { size: 'x' } }, 'size'],
  ['attribute-type', 'sendCustomActivity', { attributes: { items: 'many' } }, 'items'],
  ['attribute-type', 'sendCustomActivity', { attributes: { items: { a: 1 } } }, 'items'],
  ['list-missing', 'syncList', { listId: 4711 }, '4711'],
  ['list-missing', 'syncList', { retlOnMappingSave: { outputs: { id: '4711' } } }, '4711'],
  ['campaign-missing', 'requestCampaign', { campaignId: 4711 }, '4711'],
  ['campaign-inactive', 'requestCampaign', { campaignId: 3003 }, 'Send Old Welcome Email'],
  ['campaign-not-requestable', 'requestCampaign', { campaignId: 3004 }, 'Fills Out Any Form'],
  ['program-missing', 'setProgramStatus', { programId: 4711 }, '4711'],
  ['program-missing', 'submitForm', { programId: 4711 }, '4711'],
  ['status-missing', 'setProgramStatus', { status: 'Influenced' }, 'Influenced'],
  ['member-field-missing', 'setProgramStatus', { memberFields: { table: 5 } }, 'table'],
  ['member-field-read-only', 'setProgramStatus', { memberFields: { reachedSuccess: true } }, 'reachedSuccess'],
  ['member-field-type', 'setProgramStatus', { memberFields: { seats: 'many' } }, 'seats'],
  ['form-missing', 'submitForm', { formId: 4711 }, '4711'],
  ['form-draft', 'submitForm', { formId: 4 }, 'Form in the Making'],
  ['form-field-missing', 'submitForm', { formFields: { plan: 'x' } }, 'plan'],
  ['form-field-required', 'submitForm', { formId: 2, formFields: {} }, 'company'],
  ['object-missing', 'syncCustomObject', { objectName: 'boat_c' }, 'boat_c'],
  ['object-field-missing', 'syncCustomObject', { fields: { vin: 'x', wheels: 4 } }, 'wheels'],
  ['object-field-type', 'syncCustomObject', { fields: { vin: 'x', year: 'old' } }, 'year'],
  ['dedupe-field-unmapped', 'syncCustomObject', { fields: { make: 'BMW' } }, 'vin'],
  ['required-field-unmapped', 'syncCustomObject', { objectName: '' }, 'Custom Object'],
  ['required-field-unmapped', 'syncList', { listId: '' }, 'Static List ID'],
  ['required-field-unmapped', 'requestCampaign', { campaignId: '' }, 'Campaign ID'],
  ['required-field-unmapped', 'setProgramStatus', { programId: '' }, 'Program ID'],
  ['required-field-unmapped', 'setProgramStatus', { status: '' }, 'Status'],
  ['required-field-unmapped', 'submitForm', { formId: '' }, 'Form ID'],
  ['from-event', 'upsertLead', { lookupField: { '@path': '$.properties.x' } }, 'Lookup Field'],
  ['from-event', 'upsertLead', { customFields: { '@path': '$.traits' } }, 'Custom Fields'],
  ['from-event', 'sendCustomActivity', { activityTypeId: { '@path': '$.properties.x' } }, 'Activity Type ID'],
  ['from-event', 'syncList', { listId: { '@path': '$.properties.x' } }, 'Static List ID'],
  ['from-event', 'setProgramStatus', { status: { '@path': '$.properties.x' } }, 'Status'],
  ['from-event', 'submitForm', { formId: { '@path': '$.properties.x' } }, 'Form ID'],
  ['from-event', 'submitForm', { formFields: { '@path': '$.properties' } }, 'Form Fields'],
  ['from-event', 'syncCustomObject', { objectName: { '@path': '$.properties.x' } }, 'Custom Object']
]

describe('The check of the set-up', () => {
  it('finds nothing in mappings that fit, and tells what was used of the quota', async () => {
    const mappings = (Object.keys(EXAMPLES) as ActionKey[]).map((action) => mappingOf(action, DATED))
    const findings = await check(mappings, anonymousTracking)
    expect(findings).toEqual([
      {
        name: 'quota',
        level: 'note',
        message: expect.stringMatching(/counted \d+ API calls today, of 50,000/) as string
      }
    ])
  })

  it.each(
    FAULTS.map(
      ([name, action, fields, named, before = () => undefined]) => [name, action, fields, named, before] as const
    )
  )('finds %s in a mapping of %s', async (name, action, fields, named, before) => {
    before(sandbox())
    const found = await faultsOf([mappingOf(action, fields)])
    expect(found).toEqual([
      {
        name,
        level: name === 'from-event' ? 'unknown' : 'fault',
        mapping: 'Mine',
        message: expect.stringContaining(named) as string
      }
    ])
    expect(found[0].message).toContain(REMEDIES[name])
  })

  it.each<[FindingName, Partial<Settings>, RegExp]>([
    ['settings', { munchkinId: 'example.com' }, /must look like 123-ABC-456/],
    ['settings', { clientSecret: '' }, /"Client Secret" is empty/],
    ['settings', { clientSecret: 'wrong' }, /does not accept Client ID and Client Secret/]
  ])('finds %s that are wrong: %j', async (name, given, message) => {
    const findings = await check([mappingOf('upsertLead')], given)
    expect(findings).toMatchObject([{ name, level: 'fault', message: expect.stringMatching(message) as string }])
    expect(findings[0]).not.toHaveProperty('mapping')
  })

  it.each<[string, Partial<Settings>]>([
    ['userId', {}],
    ['anonymousId', { trackAnonymousActivity: true }]
  ])('finds the missing key field %s', async (field, given) => {
    sandbox().removeField(field)
    expect(await faultsOf([], given)).toMatchObject([
      { name: 'key-field', message: expect.stringContaining(`"${field}"`) as string }
    ])
  })

  it('finds the permissions that are seen to be missing, and goes on', async () => {
    sandbox().revoke('Read-Only Campaign')
    sandbox().revoke('Read-Write Campaign')
    const found = await faultsOf([mappingOf('requestCampaign'), mappingOf('syncList', { listId: 4711 })])
    expect(found).toMatchObject([
      { name: 'permission', message: expect.stringContaining('"Read-Only Campaign"') as string },
      { name: 'list-missing' }
    ])
  })

  it('says what it could not read for now', async () => {
    sandbox().addFault({ endpoint: 'getList', kind: 'error', code: '611' })
    expect(await faultsOf([mappingOf('syncList')])).toMatchObject([{ name: 'unread', level: 'unknown' }])
  })

  it('has a test for each kind of fault', () => {
    const tested = new Set<string>([
      ...FAULTS.map(([name]) => name),
      ...['settings', 'key-field', 'permission', 'unread', 'quota']
    ])
    expect(Object.keys(REMEDIES).filter((name) => !tested.has(name))).toEqual([])
  })

  it('shows neither secret nor token, and writes nothing', async () => {
    const before = sandbox().state()
    const findings = await check(FAULTS.map(([, action, fields]) => mappingOf(action, fields)))
    expect(JSON.stringify(findings)).not.toContain('sandbox')
    const { usage: _before, ...untouched } = before
    const { usage: _after, ...now } = sandbox().state()
    expect(now).toEqual(untouched)
  })
})

describe('Its client', () => {
  it.each<[string, (client: ReadOnlyClient) => Promise<unknown>]>([
    ['creates a lead', (client) => associateLead(client, 7, 'x')],
    ['deletes leads', (client) => deleteLeads(client, [1001])],
    ['changes an activity type', (client) => addActivityAttributes(client, 'orderCompleted_c', [])],
    ['creates a lead for others', (client) => associateLead(client.unseen(), 7, 'x')]
  ])('refuses a call that %s, before anything is sent', async (_what, call) => {
    await expect(call(new ReadOnlyClient(settings))).rejects.toThrow(/would write/)
    expect(sandbox().state().usage.total).toBe(0)
  })

  it.each(['POST', 'post', 'DELETE', 'PUT', 'PATCH'] as const)('sends no %s', async (method) => {
    const request = readOnly(createRequestClient())
    const url = 'https://123-abc-456.mktorest.com/rest/v1/leads.json'
    await expect(request(url, { method: method as 'POST' })).rejects.toThrow(WriteRefused)
  })

  it('reads with a POST that stands for a GET', async () => {
    const request = readOnly(createRequestClient())
    const url = 'https://123-abc-456.mktorest.com/rest/v1/leads.json?_method=GET'
    const { status } = await request(url, { method: 'POST', body: '', throwHttpErrors: false })
    expect(status).toBe(200)
  })
})

describe('Mappings', () => {
  it.each<[string, unknown]>([
    ['a list', [mappingOf('syncList')]],
    ['one', mappingOf('syncList')],
    ["the migration's result", { settings: {}, subscriptions: [mappingOf('syncList')] }],
    [
      "the Public API's form",
      { mappings: [{ actionSlug: 'syncList', settings: mappingOf('syncList').mapping, name: 'Mine' }] }
    ]
  ])('are read from %s', (_form, json) => {
    expect(mappingsIn(json)).toMatchObject([{ name: 'Mine', action: 'syncList', fields: { listId: 1001 } }])
  })

  it('are read as the migration writes them', () => {
    const { subscriptions } = migrationOf({ settings: {}, traits: [], events: [] })
    expect(mappingsIn({ subscriptions }).map(({ action }) => action)).toEqual(['upsertLead', 'visitWebPage'])
  })

  it.each([[[]], [{}], ['text'], [[{ mapping: {} }]], [null]])('that are %j are refused', (json) => {
    expect(() => mappingsIn(json)).toThrow(/must be a list of mappings/)
  })

  it('of an unknown action are refused', () => {
    expect(() => mappingsIn([{ partnerAction: 'nope', mapping: {} }])).toThrow(/no action called nope/)
  })
})

describe('npm run check-setup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-setup-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function write(name: string, json: unknown): string {
    const file = join(folder, name)
    writeFileSync(file, JSON.stringify(json))
    return file
  }

  /** Runs the command in its own process, which sends requests for Marketo to the sandbox of this test. */
  const run = (...given: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const root = join(__dirname, '..')
      const route = `require(${JSON.stringify(join(root, 'sandbox/route-marketo'))}).routeMarketoTo(${sandbox().port});`
      const command = `require(${JSON.stringify(join(root, 'scripts/check-setup.ts'))})`
      const env = { ...process.env, MARKETO_CLIENT_SECRET: 'sandbox' }
      execFile(
        process.execPath,
        ['-r', 'tsx/cjs', '-e', `${route}${command}`, '--', ...given],
        { env, cwd: root },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      )
    })

  it('prints a line for each finding, with its name, and ends with 1 if there is a fault', async () => {
    const given = ['--settings', write('settings.json', { munchkinId: '123-ABC-456', clientId: 'sandbox' })]
    const bad = await run(...given, '--mappings', write('bad.json', [mappingOf('syncList', { listId: 4711 })]))
    expect(bad).toMatchObject({ code: 1, stderr: '' })
    expect(bad.stdout).toMatch(/^fault list-missing \(Mine\): .*4711[^]*^Faults found: 1\.$/m)
    const good = await run(...given, '--mappings', write('good.json', [mappingOf('syncList')]), '--json')
    expect(good).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(good.stdout)).toMatchObject([{ name: 'quota' }])
  }, 60_000)

  it.each<[string, () => string[], RegExp]>([
    ['without the mappings', () => ['--settings', write('s.json', {})], /Say which file has the mappings/],
    ['with a file that is missing', () => ['--settings', join(folder, 'none.json')], /none.json cannot be read/],
    [
      'with settings that are no object',
      () => ['--settings', write('list.json', []), '--mappings', write('m.json', [])],
      /settings must be an object/
    ]
  ])(
    'says what is wrong %s',
    async (_what, given, message) => {
      const { code, stderr, stdout } = await run(...given())
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(message)
    },
    60_000
  )
})
