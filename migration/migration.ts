import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import { munchkinIdOf } from '../src/marketo/transport/instance'
import { activitySubscriptions } from './activity'
import { SETTING_NAMES } from './classic-settings'
import type { ClassicSettings } from './classic-settings'
import { webDestinationOf } from './device-mode'
import type { Migration, Note, Subscription } from './contract'
import { upsertLeadMapping } from './lead'
import { textOf } from './values'

/** A note as a line of text. */
export const lineOf = ({ where, what }: Note): string => `${where} ${what}`

/** Records a note. `byHand` means that the mapping must be corrected before it works as intended. */
export type Noting = (where: string, what: string, byHand?: 'by hand') => void

/** Segment's limit: https://www.twilio.com/docs/segment/connections/destinations/actions */
const MAPPINGS = 50

/** A preset with a trigger. */
type Preset = Omit<Subscription, 'enabled'>

/** Converts the settings of a classic Marketo V2 destination into settings and subscriptions of this one. */
export function migrationOf(classic: ClassicSettings): Migration {
  const notes: Note[] = []
  const note: Noting = (where, what) => notes.push({ where, what })
  const noting = (subscription: number) => {
    const about = {
      isComplete: true,
      note: (where: string, what: string, byHand?: 'by hand') => {
        if (byHand) about.isComplete = false
        notes.push({ where, what, subscription })
      }
    }
    return about
  }
  const settings = settingsOf(classic, note)
  // The classic destination has nothing like the presets for audiences.
  const automatic = (destination.presets ?? []).filter(({ type }) => type === 'automatic') as Preset[]
  const presets = automatic.map((preset, position): Subscription => {
    const { name, partnerAction, subscribe, mapping } = preset
    if (partnerAction !== 'upsertLead') return { name, partnerAction, subscribe, enabled: true, mapping }
    const lead = noting(position)
    const withTraits = upsertLeadMapping(classic.traits, lead.note)
    return { name, partnerAction, subscribe, enabled: lead.isComplete, mapping: withTraits }
  })
  const subscriptions = [
    ...presets,
    ...activitySubscriptions(classic.events, note, (position) => noting(presets.length + position))
  ]
  if (subscriptions.length > MAPPINGS) {
    note(
      'events',
      `need ${subscriptions.length} mappings with those for Identify and Page, but a destination has ${MAPPINGS} at most. ` +
        'Leave out those that nothing in Marketo uses, or put the rest into a second destination.'
    )
  }
  noteHybrid(classic, note)
  const lead = presets.find(({ partnerAction }) => partnerAction === 'upsertLead')?.mapping ?? {}
  const web = webDestinationOf(classic, settings, lead, note)
  for (const name of Object.keys(classic)) {
    if (!SETTING_NAMES.includes(name)) note(name, 'is an unknown setting, and is not carried over.')
  }
  return { settings, subscriptions, ...(web && { web }), notes }
}

function settingsOf(classic: ClassicSettings, note: Noting): JSONObject {
  const munchkinId = munchkinIdIn(textOf(classic.accountId)?.trim() ?? '')
  try {
    munchkinIdOf(munchkinId)
  } catch (error) {
    note('accountId', `is "${munchkinId}". ${(error as Error).message}`)
  }
  const clientId = textOf(classic.clientId)?.trim() ?? ''
  if (!clientId) note('clientId', 'is empty. Copy it from Admin > LaunchPoint > View Details in Marketo.')
  note(
    'clientSecret',
    'is never written out, and the Public API hides it. Copy it from Admin > LaunchPoint > View Details in Marketo.'
  )
  const anonymous = textOf(classic.anonymousActivity)?.trim() ?? 'false'
  if (anonymous !== 'true' && anonymous !== 'false') {
    note('anonymousActivity', `is neither true nor false, but "${anonymous}". Anonymous tracking is off now.`)
  }
  return { munchkinId, clientId, clientSecret: '', trackAnonymousActivity: anonymous === 'true' }
}

/** Some settings hold an address, like `https://123-ABC-456.mktorest.com/rest`, which contains the ID. */
function munchkinIdIn(accountId: string): string {
  const found = new Set(accountId.toUpperCase().match(/(?<![\w-])\d{3}-[A-Z]{3}-\d{3}(?![\w-])/g))
  const [id] = found
  return found.size === 1 ? id : accountId
}

const SEE = 'See "Device mode" in docs/migration.md.'

function noteHybrid({ beta }: ClassicSettings, note: Noting): void {
  if (textOf(beta) === 'true') {
    note(
      'beta',
      `(Send Track Events Server Side) has no counterpart: the cloud destination always sends from servers. ${SEE}`
    )
  }
}
