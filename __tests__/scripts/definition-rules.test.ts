import type { DestinationDefinition, GlobalSetting, InputField } from '@segment/actions-core'
import { problemsOf } from '../../scripts/definition-rules'
import destination from '../../src'

type Definition = DestinationDefinition<unknown>
type Action = Definition['actions'][string]
type Preset = NonNullable<Definition['presets']>[number]

const text: InputField = { label: 'Text', description: 'Some text.', type: 'string' }

const sound: Definition = {
  name: 'Sound',
  slug: 'actions-sound',
  mode: 'cloud',
  authentication: { scheme: 'custom', fields: {} },
  actions: { send: { title: 'Send', description: 'Sends.', fields: { text }, perform: () => undefined } },
  presets: [
    { name: 'Send', type: 'automatic', subscribe: 'type = "track"', partnerAction: 'send', mapping: { text: 'x' } }
  ]
}

function wordsFor(change: Partial<Definition>): string[] {
  return problemsOf({ ...sound, ...change }).map(({ where, what }) => `${where} ${what}`)
}

const withSettings = (fields: Record<string, Partial<GlobalSetting>>, scheme: 'custom' | 'oauth2' = 'custom') =>
  wordsFor({ authentication: { scheme, fields } as Definition['authentication'] })

const withAction = (change: Partial<Action>) => wordsFor({ actions: { send: { ...sound.actions.send, ...change } } })

const withPreset = (change: object) => wordsFor({ presets: [{ ...sound.presets?.[0], ...change } as Preset] })

const withAudiences = (change: object) => wordsFor(change)

describe('The rules for definitions', () => {
  it('are kept by this destination', () => {
    expect(problemsOf(destination)).toEqual([])
  })

  it('find nothing wrong with a sound definition', () => {
    expect(wordsFor({})).toEqual([])
    expect(wordsFor({ presets: undefined, authentication: undefined })).toEqual([])
  })

  it('demand a slug', () => {
    expect(wordsFor({ slug: undefined })).toEqual(['slug is missing: metadata.json needs it'])
  })

  it('demand an action', () => {
    expect(wordsFor({ actions: {}, presets: [] })).toEqual(['actions are missing: a destination needs at least one'])
  })

  it('demand a description of every action and every field', () => {
    expect(withAction({ description: '' })).toEqual(['actions.send.description is missing'])
    expect(withAction({ fields: { text: { ...text, description: '' } } })).toEqual([
      'actions.send.fields.text.description is missing'
    ])
  })

  it('demand FQL of default subscriptions and automatic presets, where there is one', () => {
    expect(withAction({ defaultSubscription: 'type = "track' })).toEqual([
      expect.stringMatching(/^actions\.send\.defaultSubscription is not FQL: ./)
    ])
    expect(withAction({ defaultSubscription: 'event = "Order Completed"' })).toEqual([])
    expect(withPreset({ subscribe: 'type ! "track"' })).toEqual([
      expect.stringMatching(/^presets\[0\] \("Send"\)\.subscribe is not FQL: ./)
    ])
    expect(withPreset({ type: 'specificEvent', subscribe: undefined, eventSlug: 'added' })).toEqual([])
  })

  it('demand an event of presets for specific events', () => {
    expect(withPreset({ type: 'specificEvent', subscribe: undefined })).toEqual([
      'presets[0] ("Send").eventSlug is missing: no event would set the preset off'
    ])
  })

  it('demand a description of every hook', () => {
    const hook = { label: 'Make', description: '', performHook: () => ({}) }
    expect(withAction({ hooks: { onMappingSave: hook } })).toEqual([
      'actions.send.hooks.onMappingSave.description is missing'
    ])
    expect(withAction({ hooks: { onMappingSave: { ...hook, description: 'Makes.' } } })).toEqual([])
  })

  it('demand of audiences what they demand of settings, and both functions or neither', () => {
    const size = { label: 'Size', description: 'A size.', type: 'number' }
    const mode = { type: 'synced', full_audience_sync: false }
    const createAudience = () => ({ externalId: '1' })
    expect(
      withAudiences({
        audienceConfig: { mode, createAudience },
        audienceFields: { size: { ...size, description: '', default: 'big' } }
      })
    ).toEqual([
      "audienceFields.size.default is a string, but the setting's type is number",
      'audienceFields.size.description is missing',
      'audienceConfig has only one of createAudience and getAudience'
    ])
    expect(withAudiences({ audienceConfig: { mode }, audienceFields: {} })).toEqual([])
    const both = { mode, createAudience, getAudience: createAudience }
    expect(withAudiences({ audienceConfig: both, audienceFields: { size } })).toEqual([])
  })

  it("demand a preset's action and its fields", () => {
    expect(withPreset({ partnerAction: 'fetch' })).toEqual([
      'presets[0] ("Send").partnerAction is "fetch", which is not an action'
    ])
    expect(withPreset({ mapping: { text: 'x', txet: 'x' } })).toEqual([
      'presets[0] ("Send").mapping.txet is for a field that the action "send" does not have'
    ])
  })

  it('demand that the default of a boolean or number setting has that type', () => {
    expect(
      withSettings({ on: { type: 'boolean', default: 'false' }, size: { type: 'number', default: true } })
    ).toEqual([
      "authentication.fields.on.default is a string, but the setting's type is boolean",
      "authentication.fields.size.default is a boolean, but the setting's type is number"
    ])
    expect(withSettings({ on: { type: 'boolean', default: false }, size: { type: 'number' } })).toEqual([])
  })

  it.each(['clientSecret', 'client_secret', 'api-key', 'TOKEN', 'accessToken', 'code', 'password2_password'])(
    'demand that the setting %s is a password',
    (name) => {
      expect(withSettings({ [name]: { type: 'string' } })).toEqual([
        `authentication.fields.${name}.type is string, but must be password: the name says that it is a secret`
      ])
      expect(withSettings({ [name]: { type: 'password' } })).toEqual([])
    }
  )

  it.each(['monkey', 'country', 'encoded', 'tokenize'])('let the setting %s be no password', (name) => {
    expect(withSettings({ [name]: { type: 'string' } })).toEqual([])
  })

  it('keep the names that oauth2 uses itself out of its settings', () => {
    expect(withSettings({ clientSecret: { type: 'password' } }, 'oauth2')).toEqual([
      'authentication.fields.clientSecret is a name that the scheme oauth2 uses itself'
    ])
    expect(withSettings({ clientSecret: { type: 'password' } })).toEqual([])
  })

  it.each<[unknown, string[]]>([
    [['text'], []],
    ['text', ['is not a list of field keys']],
    [['txet'], ['names "txet", which is not a field']],
    [['batch_keys'], ['names batch_keys itself']],
    [['text', 'text', 'text', 'text'], ['names 4 fields: 3 at most']]
  ])('check batch keys: %j', (value, problems) => {
    const fields = { text, batch_keys: { ...text, multiple: true, default: value } } as Action['fields']
    expect(withAction({ fields })).toEqual(problems.map((what) => `actions.send.fields.batch_keys.default ${what}`))
  })
})
