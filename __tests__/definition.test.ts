import { createTestEvent, defaultValues, transform } from '@segment/actions-core'
import type { AudienceDestinationDefinition, JSONObject } from '@segment/actions-core'
import { EXAMPLES } from '../examples/actions'
import { webPackages } from '../scripts/web-packages'
import destination from '../src'
import type { ActionKey, TestEvent } from './support/marketo'

const ACTIONS = Object.keys(destination.actions) as ActionKey[]
const BATCHED = ACTIONS.filter((action) => destination.actions[action].performBatch)

/** The payload that the default mappings make from an event. Fields without a value are absent. */
function mapped(action: ActionKey, event: TestEvent): JSONObject {
  return transform(defaultValues(destination.actions[action].fields), {
    ...createTestEvent({ context: {}, ...event })
  })
}

describe('The destination', () => {
  it('has the name, slug, mode and scheme that Segment knows it by', () => {
    expect(destination).toMatchObject({
      name: 'Marketo V2 (Actions)',
      slug: 'actions-marketo-v2',
      mode: 'cloud',
      authentication: { scheme: 'custom' }
    })
  })

  it('has the settings that saved destinations use', () => {
    expect(destination.authentication?.fields).toEqual({
      munchkinId: expect.objectContaining({ type: 'string', required: true }) as unknown,
      clientId: expect.objectContaining({ type: 'string', required: true }) as unknown,
      clientSecret: expect.objectContaining({ type: 'password', required: true }) as unknown,
      trackAnonymousActivity: expect.objectContaining({ type: 'boolean', default: false }) as unknown
    })
  })

  /** Saved mappings depend on all of this. A changed or missing line breaks them; a new one does not. */
  it('keeps the names that saved mappings depend on', () => {
    const contract = Object.entries(destination.actions).map(([key, action]) => {
      const { title, defaultSubscription, syncMode, hooks = {}, fields, performBatch } = action
      return [
        `${key}: "${title}" on ${defaultSubscription}${performBatch ? ', in batches' : ''}`,
        ...(syncMode ? [`  sync modes: ${syncMode.choices.map(({ value }) => value).join(', ')}`] : []),
        ...Object.keys(hooks).map((hook) => `  hook: ${hook}`),
        ...Object.entries(fields).map(([field, { type, required, default: value }]) =>
          [`  ${field}: ${type}`, ...(required ? ['required'] : []), ...(value === undefined ? [] : ['default'])].join(
            ', '
          )
        )
      ].join('\n')
    })
    expect(`\n${contract.join('\n\n')}\n`).toMatchSnapshot()
  })

  it('has an example of each action for the tests and the tester page: add yours to examples/actions.ts', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...ACTIONS].sort())
  })

  it('has two automatic presets with the default mappings, and none that sends unmapped Track events', () => {
    const presetOf = (partnerAction: ActionKey, name: string, subscribe: string) => ({
      name,
      partnerAction,
      subscribe,
      type: 'automatic',
      mapping: defaultValues(destination.actions[partnerAction].fields)
    })
    expect(destination.presets?.filter(({ type }) => type === 'automatic')).toEqual([
      presetOf('upsertLead', 'Upsert Lead', 'type = "identify"'),
      presetOf('visitWebPage', 'Visit Web Page', 'type = "page"')
    ])
  })

  it('has a preset for each event of linked audiences, which sets the membership, and of Journeys, whose events say it', () => {
    const presetOf = (name: string, eventSlug: string, membership: string) => ({
      name,
      eventSlug,
      partnerAction: 'syncList',
      type: 'specificEvent',
      mapping: { ...defaultValues(destination.actions.syncList.fields), membership }
    })
    expect(destination.presets?.filter(({ type }) => type === 'specificEvent')).toEqual([
      presetOf('Entities Audience Entered', 'warehouse_audience_entered_track', 'add'),
      presetOf('Entities Audience Exited', 'warehouse_audience_exited_track', 'remove'),
      presetOf('Associated Entity Added', 'warehouse_entity_added_track', 'add'),
      presetOf('Associated Entity Removed', 'warehouse_entity_removed_track', 'remove'),
      presetOf('Journeys Step Entered', 'journeys_step_entered_track', 'automatic'),
      presetOf('Journey Step All Events', 'journey_step_all_events_track', 'automatic')
    ])
  })

  it('syncs audiences to static lists, and receives only the changes', () => {
    const { audienceConfig, audienceFields } = destination as AudienceDestinationDefinition
    expect(audienceConfig).toMatchObject({
      mode: { type: 'synced', full_audience_sync: false },
      createAudience: expect.any(Function) as unknown,
      getAudience: expect.any(Function) as unknown
    })
    expect(audienceFields).toEqual({
      listId: expect.objectContaining({ type: 'number' }) as unknown,
      folderName: expect.objectContaining({ type: 'string' }) as unknown
    })
  })

  it('can delete users and test its credentials', () => {
    expect(destination.onDelete).toBeInstanceOf(Function)
    expect(destination.authentication?.testAuthentication).toBeInstanceOf(Function)
  })

  it('upserts leads and custom objects by default, and mirrors audiences', () => {
    const modes = ACTIONS.flatMap((action) => {
      const { syncMode } = destination.actions[action]
      return syncMode ? [[action, syncMode.default]] : []
    })
    expect(Object.fromEntries(modes)).toEqual({ upsertLead: 'upsert', syncList: 'mirror', syncCustomObject: 'upsert' })
  })
})

describe.each(ACTIONS)('The action %s', (action) => {
  const { fields } = destination.actions[action]

  it('sends batches of 1 to 300 events, 300 unless a hidden field says otherwise', () => {
    if (!BATCHED.includes(action)) return expect(fields).not.toHaveProperty('enable_batching')
    expect(fields.batch_size).toMatchObject({ default: 300, unsafe_hidden: true })
    expect(fields.enable_batching.default).toBe(true)
  })

  it.each<[string, TestEvent, string | undefined]>([
    ['the traits', { traits: { email: 'a@example.com' } }, 'a@example.com'],
    ['the context traits', { context: { traits: { email: 'b@example.com' } } }, 'b@example.com'],
    ['the properties', { properties: { email: 'c@example.com' } }, 'c@example.com'],
    [
      'the traits before all others',
      {
        traits: { email: 'a@example.com' },
        context: { traits: { email: 'b@example.com' } },
        properties: { email: 'c@example.com' }
      },
      'a@example.com'
    ],
    [
      'the context traits before the properties',
      { context: { traits: { email: 'b@example.com' } }, properties: { email: 'c@example.com' } },
      'b@example.com'
    ],
    ['nowhere else', { userId: 'd@example.com' }, undefined]
  ])('takes the email from %s', (_where, event, email) => {
    expect(mapped(action, event).email).toBe(email)
  })

  it('takes the identifiers from the event', () => {
    if (!BATCHED.includes(action)) return
    expect(mapped(action, { userId: 'u1', anonymousId: 'a1' })).toMatchObject({ userId: 'u1', anonymousId: 'a1' })
  })
})

describe('The default mappings of Upsert Lead', () => {
  it('take every trait that the contract names', () => {
    const traits = {
      firstName: 'Ada',
      lastName: 'Lovelace',
      name: 'Ada Lovelace',
      phone: '+44 1',
      birthday: '1815-12-10',
      gender: 'female',
      company: 'Engines',
      address: { city: 'London', state: 'Greater London', country: 'UK', zip: 'W1', street: '12 St James' }
    }
    expect(mapped('upsertLead', { traits, context: { Marketo: { marketoCookie: 'id:1&token:2' } } })).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      name: 'Ada Lovelace',
      phone: '+44 1',
      dateOfBirth: '1815-12-10',
      gender: 'female',
      company: 'Engines',
      city: 'London',
      state: 'Greater London',
      country: 'UK',
      postalCode: 'W1',
      street: '12 St James',
      marketoCookie: 'id:1&token:2',
      lookupField: 'automatic',
      associateWebActivity: false
    })
  })

  it.each<[string, object, object]>([
    ['a company as text', { company: 'Engines' }, { company: 'Engines' }],
    ['the name of a company', { company: { name: 'Engines', id: 7 } }, { company: 'Engines' }],
    ['no company without a name', { company: { id: 7 } }, { company: undefined }],
    ['an address as text', { address: '12 St James, London' }, { street: '12 St James, London', city: undefined }],
    ['the street of an address', { address: { street: '12 St James' } }, { street: '12 St James' }],
    ['no street from an address without one', { address: { city: 'London' } }, { street: undefined, city: 'London' }],
    ['the zip', { address: { zip: '1', postalCode: '2' } }, { postalCode: '1' }],
    ['the postal code if there is no zip', { address: { postalCode: '2' } }, { postalCode: '2' }],
    ['no company from an empty name', { company: { name: '' } }, { company: undefined }],
    ['the postal code if the zip is empty', { address: { zip: '', postalCode: '2' } }, { postalCode: '2' }],
    ['the postal code if the zip is blank', { address: { zip: '  ', postalCode: '2' } }, { postalCode: '2' }],
    ['the postal code if the zip is an empty list', { address: { zip: [], postalCode: '2' } }, { postalCode: '2' }],
    [
      'a number, including zero and fractions',
      { phone: 0, address: { zip: 97405.5 } },
      { phone: 0, postalCode: 97405.5 }
    ],
    ['text without changing its spaces', { name: ' Ada  Lovelace ' }, { name: ' Ada  Lovelace ' }],
    ['the number 0 as a date', { birthday: 0 }, { dateOfBirth: 0 }],
    ['no date from empty text', { birthday: '' }, { dateOfBirth: undefined }],
    ['no date from an empty list', { birthday: [] }, { dateOfBirth: undefined }],
    ['no address from an empty list', { address: [] }, { street: undefined, city: undefined }],
    ['no company from a list', { company: ['A', 'B'] }, { company: undefined }],
    ['no company from an object in an object', { company: { name: {} } }, { company: undefined }],
    ['nothing from null', { company: null, address: null }, { company: undefined, street: undefined }]
  ])('take %s', (_what, traits, expected) => {
    const payload = mapped('upsertLead', { traits: traits as JSONObject })
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, payload[key]]))).toEqual(expected)
  })
})

describe('The default mappings of Send Custom Activity', () => {
  it('take the time from the event, and create leads', () => {
    const timestamp = '2026-01-02T03:04:05.000Z'
    expect(mapped('sendCustomActivity', { timestamp })).toMatchObject({ activityDate: timestamp, createLead: true })
  })

  it('offer choices for type and attributes', () => {
    const { fields } = destination.actions.sendCustomActivity
    expect(fields.activityTypeId.dynamic).toBe(true)
    expect(fields.attributes).toMatchObject({ dynamic: true, defaultObjectUI: 'keyvalue', additionalProperties: true })
  })
})

describe('The default mappings of Visit Web Page', () => {
  const properties = { url: 'https://example.com/p', referrer: 'https://example.net/p' }
  const context = {
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://example.com/c', referrer: 'https://example.net/c' },
    Marketo: { marketoCookie: 'id:1&token:2' }
  }
  const timestamp = '2026-01-02T03:04:05.000Z'

  it('take the page from the properties first', () => {
    expect(mapped('visitWebPage', { properties, context, timestamp })).toMatchObject({
      url: 'https://example.com/p',
      referrer: 'https://example.net/p',
      hostname: 'https://example.com/c',
      userAgent: 'Mozilla/5.0',
      visitedAt: timestamp,
      marketoCookie: 'id:1&token:2',
      associateLead: true
    })
  })

  it('take the page from the context if the properties have none', () => {
    expect(mapped('visitWebPage', { context })).toMatchObject({
      url: 'https://example.com/c',
      referrer: 'https://example.net/c'
    })
  })
})

describe('The mapping page', () => {
  const inBrowsers = webPackages.map(({ definition }) => definition)

  it.each([destination, ...inBrowsers])(
    'of $name describes everything that a marketer sees, in at most 200 characters',
    (shown) => {
      const { authentication, actions, audienceFields } = shown as AudienceDestinationDefinition
      const hooks = Object.values(actions).flatMap((action) => Object.values(action.hooks ?? {}))
      const described: { label?: string; title?: string; description?: string }[] = [
        ...Object.values({ ...authentication?.fields, ...audienceFields }),
        ...Object.values(actions),
        ...Object.values(actions).flatMap(({ fields, syncMode }) => [
          ...Object.values(fields),
          ...(syncMode ? [syncMode] : [])
        ]),
        ...hooks.flatMap((hook) => [hook, ...Object.values({ ...hook.inputFields, ...hook.outputTypes })])
      ]
      expect(described).not.toEqual([])
      for (const { label, title, description } of described) {
        expect(label ?? title).toMatch(/^[A-Z]\w+/)
        expect(description).toMatch(/^[A-Z].{10,198}\.$/s)
      }
    }
  )

  it.each(['sendCustomActivity', 'syncList', 'requestCampaign', 'setProgramStatus', 'syncCustomObject'])(
    'offers no partition for %s when the mapping creates no lead',
    (action) => {
      const { conditions } = destination.actions[action].fields.partitionName.depends_on ?? { conditions: [] }
      expect(conditions).toContainEqual({ fieldKey: 'createLead', operator: 'is_not', value: false })
    }
  )

  it('offers neither a new lead nor a partition when the mapping only removes', () => {
    const removals = {
      syncList: { fieldKey: 'membership', operator: 'is_not', value: 'remove' },
      syncCustomObject: { type: 'syncMode', operator: 'is_not', value: 'delete' }
    }
    for (const [action, condition] of Object.entries(removals)) {
      const { createLead, partitionName } = destination.actions[action].fields
      expect(createLead.depends_on?.conditions).toContainEqual(condition)
      expect(partitionName.depends_on?.conditions).toContainEqual(condition)
    }
  })

  it('offers no partition when leads are only updated, and none for visits', () => {
    const { upsertLead, visitWebPage } = destination.actions
    expect(upsertLead.fields.partitionName.depends_on?.conditions).toEqual([
      { type: 'syncMode', operator: 'is_not', value: 'update' },
      { fieldKey: 'lookupField', operator: 'is_not', value: 'id' }
    ])
    expect(visitWebPage.fields).not.toHaveProperty('partitionName')
  })

  it('uses the same label for web activity in both actions', () => {
    const { upsertLead, visitWebPage } = destination.actions
    expect(visitWebPage.fields.associateLead.label).toBe(upsertLead.fields.associateWebActivity.label)
  })
})
