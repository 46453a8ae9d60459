import { spawnSync } from 'child_process'
import { readFileSync } from 'fs'
import { join } from 'path'
import { createTestEvent, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { classicSettingsIn } from '../../migration/classic-settings'
import { chainOf } from '../../migration/directive'
import { OWN_FIELDS } from '../../migration/lead'
import { migrationOf } from '../../migration/migration'
import { isKeptByMarketo, standardFieldOf } from '../../migration/standard-fields'
import type { Migration } from '../../migration/contract'
import destination from '../../src'
import { firstMapping, PATHS_AT_MOST, TRAITS } from '../../src/segment/traits'
import type { Settings } from '../../src/generated-types'
import { leadFields, USER_AGENT } from '../support/events'
import { anonymousTracking, useSandbox } from '../support/marketo'

const sandbox = useSandbox()

const EXAMPLE = join(__dirname, '../../docs/examples/classic-destination.json')
const CLASSIC = { accountId: '123-ABC-456', clientId: 'id' }

const migrate = (settings: object) => migrationOf(classicSettingsIn(JSON.stringify({ ...CLASSIC, ...settings })))

/** All notes except the one about the client secret, which every migration has. */
const notesOf = ({ notes }: Migration) =>
  notes.filter(({ where }) => where !== 'clientSecret').map(({ where, what }) => `${where} ${what}`)

const leadMapping = ({ subscriptions }: Migration) => subscriptions[0].mapping

/** Sends an event to a destination with these subscriptions. As in Segment, only those whose trigger matches run. */
async function send({ subscriptions }: Migration, event: Partial<SegmentEvent>) {
  const running = new Destination<Settings>(destination)
  const enabled = subscriptions.filter((subscription) => subscription.enabled)
  await running.onEvent(createTestEvent(event), {
    ...anonymousTracking,
    subscriptions: enabled
  } as unknown as JSONObject)
}

describe('The migration of a realistic classic destination', () => {
  const migration = migrationOf(classicSettingsIn(readFileSync(EXAMPLE, 'utf8')))

  it('carries the settings over, except the client secret', () => {
    expect(migration.settings).toEqual({
      munchkinId: '123-ABC-456',
      clientId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      clientSecret: '',
      trackAnonymousActivity: true
    })
  })

  it('turns an Identify event into the same lead as the classic destination', async () => {
    sandbox().reset({ leads: [] })
    const traits = {
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      mobile: '555',
      plan: 'pro',
      'Monthly Revenue': 12.5,
      trial_ends_at: '2026-12-01T00:00:00Z'
    }
    await send(migration, { type: 'identify', userId: 'ada', anonymousId: 'a', traits })
    expect(leadFields(sandbox())).toEqual([
      expect.objectContaining({
        email: 'ada@example.com',
        userId: 'ada',
        anonymousId: 'a',
        firstName: 'Ada',
        lastName: 'Lovelace',
        phone: '555',
        plan: 'pro',
        mrr: 12.5
      })
    ])
  })

  it('turns a mapped Track event into its custom activity, and ignores other Track events', async () => {
    const properties = { order_id: 'o-1', total: 99.5, coupon: { code: 'SPRING' } }
    await send(migration, { type: 'track', event: 'Order Completed', userId: 'ada', properties })
    await send(migration, { type: 'track', event: 'Order Refunded', userId: 'ada', properties })
    const [activity, ...others] = sandbox().state().activities
    expect(others).toEqual([])
    expect(activity).toMatchObject({ activityTypeId: 100001, primaryAttributeValue: 'o-1' })
    expect(activity.attributes).toEqual([
      { apiName: 'total', value: 99.5 },
      { apiName: 'coupon', value: 'SPRING' }
    ])
  })

  it('turns a Page event into a visit', async () => {
    await send(migration, {
      type: 'page',
      userId: 'ada',
      properties: { url: 'https://example.com/pricing' },
      context: { userAgent: USER_AGENT }
    })
    expect(sandbox().state().visits).toMatchObject([{ url: 'https://example.com/pricing' }])
  })

  it('carries the form and the traits over to the web destination', () => {
    expect(migration.web?.settings).toEqual({
      munchkinId: '123-ABC-456',
      formId: 1003,
      formUrl: '//app-ab28.marketo.com',
      trackAnonymousActivity: true
    })
    expect(migration.web?.subscriptions.map(({ partnerAction }) => partnerAction)).toEqual([
      'visitWebPage',
      'submitBackgroundForm'
    ])
    expect(migration.web?.subscriptions[1].mapping).toMatchObject({
      customFields: { plan: { '@path': '$.traits.plan' } },
      phone: { '@if': { then: { '@path': '$.traits.mobile' } } }
    })
  })

  it('has a note for everything that is not carried over unchanged', () => {
    expect(migration.notes.map(({ where }) => where)).toEqual([
      'clientSecret',
      'traits[3]',
      'traits',
      'events[0].segmentProperty[2]',
      'events[0].segmentProperty',
      'events[1].segmentProperty',
      'events[1]',
      'beta',
      'marketoFormId'
    ])
  })

  it('is written by the command: the JSON to standard output, the notes to standard error', () => {
    const run = (...given: string[]) =>
      spawnSync(process.execPath, ['-r', 'tsx/cjs', join(__dirname, '../../scripts/migrate.ts'), ...given], {
        encoding: 'utf8',
        input: readFileSync(EXAMPLE)
      })
    for (const file of [EXAMPLE, '-']) {
      const { stdout, stderr, status } = run(file)
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(migration)))
      expect(stderr.trim().split('\n')).toEqual(migration.notes.map(({ where, what }) => `${where} ${what}`))
    }
    for (const [given, words] of [
      [[], 'Say which file'],
      [['--output', 'x', EXAMPLE], "Unknown option '--output'"],
      [[EXAMPLE, EXAMPLE], 'It does not take'],
      [[EXAMPLE, '--out', join(EXAMPLE, 'x.json')], 'cannot be written'],
      [['nowhere.json'], 'nowhere.json cannot be read'],
      [[__filename], 'It is not JSON']
    ] as const) {
      const { stdout, stderr, status } = run(...given)
      expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
      expect(stderr).toContain(words)
      expect(stderr).not.toContain('    at ')
    }
  })
})

describe('The Munchkin ID', () => {
  it.each([
    'https://123-ABC-456.mktorest.com/rest',
    '123-abc-456.mktorest.com',
    ' 123-abc-456 ',
    'https://app-ab28.marketo.com/#munchkin:123-ABC-456'
  ])('is found in %j', (accountId) => {
    const migration = migrate({ accountId })
    expect(migration.settings.munchkinId).toBe('123-ABC-456')
    expect(notesOf(migration)).toEqual([])
  })

  it.each(['https://app-ab28.marketo.com', '123-ABC-456 or 123-ABC-457', '1123-ABC-4567'])(
    'gets a note if it cannot be read from %j',
    (accountId) =>
      expect(notesOf(migrate({ accountId }))).toEqual([expect.stringContaining(`accountId is "${accountId}"`)])
  )
})

describe('The classic settings', () => {
  const destinationWith = (more: object) => ({ id: '1', settings: CLASSIC, ...more })
  const classic = destinationWith({ metadata: { slug: 'marketo-v2' } })
  const another = { ...classic, id: '2' }
  const other = destinationWith({ metadata: { slug: 'slack' } })

  it.each<[string, object]>([
    ['an answer of the Public API', { data: { destination: classic } }],
    ['an answer that lists destinations', { data: { destinations: [other, classic] } }],
    ['a destination', classic],
    ['a destination without metadata', destinationWith({})],
    ['nothing but settings', CLASSIC]
  ])('are found in %s', (_what, json) => {
    expect(classicSettingsIn(JSON.stringify(json))).toEqual(CLASSIC)
    expect(classicSettingsIn(`\ufeff${JSON.stringify(json)}`)).toEqual(CLASSIC)
  })

  describe('in a state of Terraform', () => {
    const id = '58f8f55a70a3e552b955a444'
    const inState = (metadata: object, settings: object = CLASSIC) => ({
      ...{ id: '1', enabled: true, name: 'Marketo V2', metadata, settings: JSON.stringify(settings) }
    })
    const others = [inState({ id: '5' }, { clientId: 'slack' }), { id: '6', slug: 'source', settings: '{}' }]
    const resources = [...others, inState({ id })]

    it.each<[string, object]>([
      ['as a resource', inState({ id })],
      [
        'as `terraform show -json` writes it',
        {
          format_version: '1.0',
          values: { root_module: { child_modules: [{ resources: resources.map((values) => ({ values })) }] } }
        }
      ],
      [
        'as its file',
        { version: 4, resources: resources.map((attributes) => ({ instances: [{ schema_version: 0, attributes }] })) }
      ],
      ['as `terraform output -json` writes it', { marketo: { sensitive: true, value: inState({ id }) } }]
    ])('are found %s, though they are text', (_what, json) => {
      expect(classicSettingsIn(JSON.stringify(json))).toEqual(CLASSIC)
    })

    it('are not found if it has only other destinations, or several of that type', () => {
      expect(() => classicSettingsIn(JSON.stringify({ resources: others }))).toThrow('lists no destination of the type')
      expect(() => classicSettingsIn(JSON.stringify({ resources: [...resources, inState({ id })] }))).toThrow(
        'lists 2 destinations of the type marketo-v2 (1, 1)'
      )
      expect(() => classicSettingsIn('{"settings":"{"}')).toThrow('but "settings" is a string.')
    })

    it.each([
      'resource "segment_destination" "marketo" {\n  settings = jsonencode({ accountId = "123-ABC-456" })\n}',
      '# A comment\r\n\r\nterraform {\r\n}\r\n',
      'resource "segment_destination" "marketo" { settings = "{}" }',
      '  settings = jsonencode({})'
    ])('are not read from HCL, and the error says what to do: %j', (text) => {
      expect(() => classicSettingsIn(text)).toThrow(/\(HCL\)\. Run `terraform show -json > state\.json`/)
    })
  })

  it.each<[string, RegExp]>([
    ['', /but it is empty\.$/],
    [' \n', /but it is empty\.$/],
    ['{"accountId":', /^It is not JSON/],
    ['null', /but it is null\.$/],
    ['[]', /but it is a list\.$/],
    ['"accountId"', /but it is a string\.$/],
    ['{"data":{"destination":5}}', /but "destination" is a number\.$/],
    ['{"settings":[]}', /but "settings" is a list\.$/],
    ['{}', /has none of the settings accountId, clientId/],
    ['{"data":null}', /has none of the settings/],
    [JSON.stringify({ data: { destination: other } }), /of the type slack, not marketo-v2/],
    [JSON.stringify({ data: { destinations: [other] } }), /lists no destination of the type marketo-v2/],
    [
      JSON.stringify({ data: { destinations: [classic, another] } }),
      /lists 2 destinations of the type marketo-v2 \(1, 2\)/
    ],
    ['{"errors":[{"type":"forbidden"}]}', /^The Public API answered with an error: {"type":"forbidden"}\.$/]
  ])('are not found in %s, and the error says what was found instead', (text, message) => {
    expect(() => classicSettingsIn(text)).toThrow(message)
  })

  it.each<[object, Partial<Settings>, string[]]>([
    [{}, { munchkinId: '123-ABC-456', trackAnonymousActivity: false }, []],
    [{ accountId: ' 123-abc-456 ' }, { munchkinId: '123-ABC-456' }, []],
    [{ anonymousActivity: true }, { trackAnonymousActivity: true }, []],
    [{ anonymousActivity: 'true' }, { trackAnonymousActivity: true }, []],
    [{ anonymousActivity: null }, { trackAnonymousActivity: false }, []],
    [{ anonymousActivity: 'yes' }, { trackAnonymousActivity: false }, ['anonymousActivity is neither true nor false']],
    [{ accountId: 'app-ab28.marketo.com' }, {}, ['accountId is "app-ab28.marketo.com". Setting "Munchkin Account ID"']],
    [{ accountId: 5 }, {}, ['accountId is "5".']],
    [{ accountId: undefined }, {}, ['accountId is "".']],
    [{ clientId: '' }, { clientId: '' }, ['clientId is empty.']],
    [{ clientId: {} }, { clientId: '' }, ['clientId is empty.']],
    [{ beta: false, marketoFormId: '', marketoHostUrl: null }, {}, []],
    [{ formCharset: 'UTF-8' }, {}, ['formCharset is an unknown setting']]
  ])('%j are carried over, or get a note', (settings, expected, notes) => {
    const migration = migrate(settings)
    expect(migration.settings).toMatchObject(expected)
    expect(notesOf(migration)).toEqual(notes.map((text) => expect.stringContaining(text) as string))
  })

  it('never reveal the client secret', () => {
    expect(JSON.stringify(migrate({ clientSecret: 'a-real-secret' }))).not.toContain('a-real-secret')
  })
})

describe('The classic traits', () => {
  const trait = (segmentTrait: unknown, marketoFieldName: unknown, marketoFieldType = 'string') => ({
    segmentTrait,
    marketoFieldName,
    marketoFieldType
  })
  const path = (name: string) => ({ '@path': `$.traits.${name}` })

  it('become custom fields, with or without a wrapper object', () => {
    const migration = migrate({ traits: [trait('plan', 'plan'), { key: 'x', value: trait('seats', 'leadScoreExt') }] })
    expect(leadMapping(migration).customFields).toEqual({ plan: path('plan'), leadScoreExt: path('seats') })
    expect(notesOf(migration)).toEqual([])
  })

  it("leave the preset's mapping unchanged if none are set; only the sync mode is added", () => {
    const migration = migrate({})
    const { __segment_internal_sync_mode: mode, ...mapping } = leadMapping(migration)
    expect(mode).toBe('upsert')
    expect(mapping).toEqual(destination.presets?.[0].mapping)
  })

  it.each([...OWN_FIELDS].filter(([name]) => name !== 'id'))(
    'for the lead field %s are mapped to it before its default',
    async (name, key) => {
      sandbox().reset({ leads: [] })
      const value = { email: 'ada@example.com', dateOfBirth: '1815-12-10' }[name] ?? 'x'
      const migration = migrate({ traits: [trait('special', name)] })
      const otherwise = destination.actions.upsertLead.fields[key].default
      expect(leadMapping(migration)[key]).toEqual(firstMapping(path('special'), otherwise))
      expect(notesOf(migration)).toEqual([expect.stringContaining('traits[0] comes before the default mapping of')])
      await send(migration, { type: 'identify', userId: 'ada', anonymousId: 'a', traits: { special: value } })
      expect(leadFields(sandbox())).toEqual([expect.objectContaining({ [name]: value })])
    }
  )

  it('for a standard lead field fall back to the default mapping if an event lacks the trait', async () => {
    sandbox().reset({ leads: [] })
    const migration = migrate({ traits: [trait('mobile', 'phone'), trait('user_id', 'userId')] })
    await send(migration, { type: 'identify', userId: 'ada', traits: { phone: '555' } })
    expect(leadFields(sandbox())).toEqual([expect.objectContaining({ userId: 'ada', phone: '555' })])
  })

  it('for the lead ID are mapped to Marketo Lead ID', () => {
    const migration = migrate({ traits: [trait('lead', 'id')] })
    expect(leadMapping(migration).leadId).toEqual(path('lead'))
    expect(notesOf(migration)).toEqual([])
  })

  it('that match the default mapping change nothing', () => {
    const traits = [
      trait('firstName', 'firstName'),
      trait('birthday', 'dateOfBirth', 'date'),
      trait('title', 'Job Title')
    ]
    expect(migrate({ traits })).toEqual(migrate({}))
  })

  it('that are another spelling of the default mapping go before the others', () => {
    const { firstName, postalCode } = leadMapping(
      migrate({ traits: [trait('first_name', 'firstName'), trait('plz', 'PostalCode')] })
    )
    expect(chainOf(firstName)).toEqual(
      ['first_name', 'firstName', 'firstname', 'First_Name'].map((name) => `$.traits.${name}`)
    )
    expect(chainOf(postalCode)).toEqual(['plz', ...TRAITS.postalCode.paths].map((name) => `$.traits.${name}`))
    expect(chainOf(postalCode)).toHaveLength(PATHS_AT_MOST)
  })

  it.each(['id', 'ID'])(
    'named %s are the User ID if an event has no such trait, as in the classic destination',
    async (name) => {
      sandbox().reset({ leads: [] })
      const migration = migrate({ traits: [trait(name, 'notes')] })
      await send(migration, { type: 'identify', userId: 'ada', traits: {} })
      await send(migration, { type: 'identify', userId: 'bob', traits: { [name]: 'b-1' } })
      expect(leadFields(sandbox()).map(({ notes }) => notes)).toEqual(['ada', 'b-1'])
      expect(notesOf(migration)).toEqual([expect.stringContaining('traits[0] was the User ID')])
    }
  )

  it('named id also fill standard fields, but a User ID is never taken for a Marketo Lead ID', () => {
    const chain = (marketoFieldName: string, field: string) =>
      chainOf(leadMapping(migrate({ traits: [trait('id', marketoFieldName)] }))[field])
    expect(chain('userId', 'userId')).toEqual(['$.traits.id', '$.userId'])
    expect(chain('PostalCode', 'postalCode')).toHaveLength(PATHS_AT_MOST)
    expect(leadMapping(migrate({ traits: [trait('id', 'id')] })).leadId).toEqual(path('id'))
  })

  it.each<[string, object]>([
    ['plan 2', { 'plan 2': 'pro' }],
    [' plan', { ' plan': 'pro' }],
    ['plan.name', { plan: { name: 'pro' } }],
    ['plan[0]', { plan: ['pro'] }]
  ])('named %j are read from the event', async (name, traits) => {
    sandbox().reset({ leads: [] })
    const migration = migrate({ traits: [trait(name, 'plan')] })
    await send(migration, { type: 'identify', userId: 'ada', traits: traits as SegmentEvent['traits'] })
    await send(migration, { type: 'identify', userId: 'bob', traits: {} })
    expect(leadFields(sandbox()).map(({ plan }) => plan)).toEqual(['pro', undefined])
    const notes = /[.[]/.test(name) ? [expect.stringContaining(`traits[0] is now $.traits.${name}, a property`)] : []
    expect(notesOf(migration)).toEqual(notes)
  })

  it.each<[unknown, string[]]>([
    [null, []],
    ['plan', ['traits is not a list']],
    [{}, ['traits is not a list']],
    [[null, 'x', 5, []], [0, 1, 2, 3].map((i) => `traits[${i}] is not an object`)],
    [[{}], ['traits[0] has no segmentTrait']],
    [[trait('', 'plan')], ['traits[0] has no segmentTrait']],
    [[trait('plan', ' ')], ['traits[0] has no marketoFieldName']],
    [[trait({}, 'plan')], ['traits[0] has no segmentTrait']],
    [[trait("customer's plan", 'plan')], ["traits[0] has a quote in its name (customer's plan)"]],
    [[trait('the "plan"', 'plan')], ['traits[0] has a quote in its name (the "plan")']],
    [[trait('a', 'plan'), trait('b', 'plan')], ['traits[1] sets the lead field plan again']],
    [
      [trait('a', 'phone'), trait('b', 'phone')],
      ['traits[0] comes before', 'traits[1] sets the lead field phone again', 'traits[1] comes before']
    ],
    [[trait('a', 'Email')], ['traits[0] comes before the default mapping of Email']],
    [[trait('a', 'createdAt')], ['traits[0] names the lead field createdAt, which Marketo manages itself']],
    [[trait('a', 'Our Plan')], ['traits[0] names the lead field "Our Plan", which is not a name of']],
    [[trait('a', 'constructor'), trait('b', '__proto__')], []],
    [
      [trait('a', 'url', 'url'), trait('b', 'mrr', 'Currency'), trait('c', 'trialEndsAt', 'datetime')],
      ['values of these types: mrr (currency), trialEndsAt (datetime, as 2024-05-31T14:00:00Z).']
    ]
  ])('%j get a note, and do not affect the other traits', (traits, notes) => {
    const good = trait('notes', 'notes')
    const migration = migrate({ traits: Array.isArray(traits) ? [...(traits as unknown[]), good] : traits })
    expect(notesOf(migration)).toEqual(notes.map((text) => expect.stringContaining(text) as string))
    if (Array.isArray(traits)) expect(leadMapping(migration).customFields).toMatchObject({ notes: path('notes') })
  })

  it('can be mapped to any field name, even __proto__ or toString', () => {
    const { customFields } = leadMapping(migrate({ traits: [trait('a', '__proto__'), trait('b', 'toString')] }))
    expect(Object.entries(customFields as JSONObject)).toEqual([
      ['__proto__', path('a')],
      ['toString', path('b')]
    ])
  })
})

describe('The standard lead fields of the classic traits', () => {
  const traits = (...names: string[]) =>
    names.map((marketoFieldName, i) => ({ segmentTrait: `trait${i}`, marketoFieldName, marketoFieldType: 'string' }))

  it.each([
    ['Email', 'email'],
    ['Email Address', 'email'],
    ['FirstName', 'firstName'],
    ['First Name', 'firstName'],
    ['Company Name', 'company'],
    ['DateofBirth', 'dateOfBirth'],
    ['MarketoSocialGender', 'gender'],
    ['PostalCode', 'postalCode'],
    ['Title', 'title'],
    ['Job Title', 'title'],
    ['Website', 'website']
  ])('are known under the name %s', (name, key) => {
    const { subscriptions } = migrate({ traits: traits(name) })
    expect(subscriptions[0].enabled).toBe(true)
    expect(JSON.stringify(subscriptions[0].mapping[key])).toContain('$.traits.trait0')
    expect(subscriptions[0].mapping.customFields).toBeUndefined()
  })

  it.each([
    ['MobilePhone', 'mobilePhone'],
    ['Mobile Phone Number', 'mobilePhone'],
    ['LeadSource', 'leadSource']
  ])('become custom fields under their REST names if the action has no such field: %s', (name, restName) => {
    const { subscriptions } = migrate({ traits: traits(name) })
    expect(subscriptions[0]).toMatchObject({ enabled: true, mapping: { customFields: { [restName]: {} } } })
  })

  it.each([[traits('Our Plan')], [[{ segmentTrait: "the user's", marketoFieldName: 'plan' }]]])(
    'and other fields leave the mapping off if a note asks for a manual change: %j',
    (given) => {
      const migration = migrate({ traits: given })
      expect(migration.subscriptions.map(({ enabled }) => enabled)).toEqual([false, true])
      expect(migration.notes).toContainEqual(expect.objectContaining({ subscription: 0 }))
    }
  )
})

describe('The classic events', () => {
  const property = (segmentProperty: unknown, marketoAttributeName: unknown, primaryKey: unknown = false) => ({
    segmentProperty,
    marketoAttributeName,
    marketoAttributeType: 'string',
    primaryKey
  })
  const primary = property('id', 'orderId', true)
  const order = { event: 'Order Completed', marketoActivityId: '100001', segmentProperty: [primary] }
  const activities = ({ subscriptions }: Migration) => subscriptions.slice(2)

  it.each([order, { key: 'x', value: order }, { ...order, marketoActivityId: 100001 }])(
    'become subscriptions',
    (event) => {
      const migration = migrate({ events: [event] })
      expect(notesOf(migration)).toEqual([])
      expect(activities(migration)).toEqual([
        {
          name: 'Order Completed',
          partnerAction: 'sendCustomActivity',
          subscribe: 'type = "track" and event = "Order Completed"',
          enabled: true,
          mapping: expect.objectContaining({
            activityTypeId: 100001,
            primaryAttributeValue: { '@path': '$.properties.id' },
            createLead: true
          }) as unknown
        }
      ])
    }
  )

  it.each(["It's", 'a\\b', 'Ünïcode — 日本', 'with, (all) = [sorts]', '100%'])(
    'named %j are triggered by that event',
    async (event) => {
      sandbox().reset()
      const migration = migrate({ events: [{ ...order, event }] })
      for (const name of [event, 'another']) {
        await send(migration, { type: 'track', event: name, userId: 'ada', properties: { id: 'o-1' } })
      }
      expect(sandbox().state().activities).toHaveLength(1)
    }
  )

  it.each<[object, string[]]>([
    [{ ...order, event: 'The "Order"' }, ['events[0] (The "Order") has a name that a trigger cannot hold. Set it to']],
    ...['order_c', undefined, '0', '-5', '1.5', '9'.repeat(20)].map((id): [object, string[]] => [
      { ...order, marketoActivityId: id },
      [`events[0].marketoActivityId is "${id ?? ''}", which is not an activity's ID`]
    ]),
    [
      { ...order, segmentProperty: [property("the order's", 'orderId', true)] },
      [
        "events[0].segmentProperty[0] has a quote in its name (the order's)",
        'events[0].segmentProperty has no primary field'
      ]
    ],
    [
      { ...order, segmentProperty: [primary, ...Array.from({ length: 21 }, (_, i) => property('p', `a${i}`))] },
      ['events[0].segmentProperty has 21 attributes, but Marketo takes 20']
    ],
    [{ ...order, segmentProperty: [] }, ['events[0].segmentProperty has no primary field']],
    [{ ...order, segmentProperty: undefined }, ['events[0].segmentProperty has no primary field']],
    [
      { ...order, segmentProperty: 'id' },
      ['events[0].segmentProperty is not a list', 'events[0].segmentProperty has no primary field']
    ]
  ])('%j become subscriptions that are off until the notes are settled', async (event, notes) => {
    const migration = migrate({ events: [event] })
    expect(activities(migration)).toMatchObject([{ enabled: false }])
    expect(notesOf(migration)).toEqual(notes.map((text) => expect.stringContaining(text) as string))
  })

  it('whose name a trigger cannot hold match no event, even when they are enabled', async () => {
    sandbox().reset()
    const migration = migrate({ events: [{ ...order, event: 'The "Order"' }] })
    for (const subscription of migration.subscriptions) subscription.enabled = true
    for (const event of ['The "Order"', 'The ', 'another']) {
      await send(migration, { type: 'track', event, userId: 'ada', properties: { id: 'o-1' } })
    }
    expect(sandbox().state().activities).toEqual([])
  })

  it.each<[unknown[], string[], string[]]>([
    [[property('total', 'total')], ['total'], []],
    [[property('a', 'total'), property('b', 'total')], ['total'], ['[2] sets the attribute total again']],
    [[property('other', 'coupon', true)], ['coupon'], ['[1] is a second primary field']],
    [[property('other', undefined, true)], [], ['[1] is a second primary field']],
    [
      [{ ...property('at', 'startedAt'), marketoAttributeType: 'date' }],
      ['startedAt'],
      [
        ' had values converted to types, which is not carried over. Send values of these types: startedAt (date, as 2024-05-31).'
      ]
    ],
    [[property('a', 'constructor')], ['constructor'], []],
    [[property('', 'total')], [], ['[1] has no segmentProperty']],
    [[property('total', '')], [], ['[1] has no marketoAttributeName']],
    [[null, {}], [], ['[1] is not an object', '[2] has no segmentProperty']]
  ])('with the properties %j get the attributes %j', (properties, names, notes) => {
    const migration = migrate({ events: [{ ...order, segmentProperty: [primary, ...properties] }] })
    const [{ mapping, enabled }] = activities(migration)
    expect(Object.keys((mapping.attributes as JSONObject | undefined) ?? {})).toEqual(names)
    expect(enabled).toBe(true)
    const places = notes.map((text) => expect.stringContaining(`events[0].segmentProperty${text}`) as string)
    expect(notesOf(migration)).toEqual(places)
  })

  it('can have a primary field without an attribute name', () => {
    const migration = migrate({ events: [{ ...order, segmentProperty: [property('id', undefined, true)] }] })
    expect(activities(migration)).toMatchObject([{ enabled: true }])
  })

  it.each<[unknown, string[]]>([
    ['order', ['events is not a list']],
    [[null], ['events[0] is not an object']],
    [[{ ...order, event: '' }], ['events[0] has no event']]
  ])('%j are left out, with a note', (events, notes) => {
    const migration = migrate({ events })
    expect(activities(migration)).toEqual([])
    expect(notesOf(migration)).toEqual(notes.map((text) => expect.stringContaining(text) as string))
  })

  it('with the same name all become subscriptions, with a note', () => {
    const migration = migrate({ events: [order, { ...order, marketoActivityId: '100002' }] })
    expect(activities(migration)).toHaveLength(2)
    expect(notesOf(migration)).toEqual([expect.stringContaining('events[1] is for Order Completed again')])
  })

  it('all become subscriptions, with a note if a destination cannot have that many mappings', () => {
    const migration = migrate({ events: Array.from({ length: 49 }, (_, i) => ({ ...order, event: `Event ${i}` })) })
    expect(migration.subscriptions).toHaveLength(51)
    expect(notesOf(migration)).toEqual([expect.stringContaining('events need 51 mappings')])
  })
})

describe('A standard lead field', () => {
  it.each([
    ['Job Title', 'title'],
    ['Role', 'leadRole'],
    ['Num Employees', 'numberOfEmployees'],
    ['Marketo Data.com ID', 'jigsawContactId'],
    ['Marketo Jigsaw Contact Status', 'jigsawContactStatus'],
    ['MarketoSocialTwitterReach', 'twitterReach'],
    ['Email Invalid Cause', 'emailInvalidCause'],
    ['Billing Address', 'billingStreet']
  ])('is found by its label %p', (label, name) => {
    expect(standardFieldOf(label)).toBe(name)
    expect(standardFieldOf(name)).toBe(name)
  })

  it.each([
    ...['Created At', 'Inferred State Region', 'isAnonymous', 'Relative Score'],
    ...['lastReferredVisit', 'MarketoSocialTotalReferredEnrollments', 'Marketo Social Syndication ID']
  ])('that Marketo maintains itself is recognized: %p', (label) => {
    expect(isKeptByMarketo(label)).toBe(true)
    expect(standardFieldOf(label)).toBeUndefined()
  })
})
