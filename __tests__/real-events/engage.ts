import type { JSONObject } from '@segment/actions-core'
import type { TestEvent } from '../support/marketo'
import { docs, LIST, NO_USER } from './real-event'
import type { RealEvent, Traits } from './real-event'

const ENGAGE = docs('engage/using-engage-data.md')
const JOURNEYS = docs('engage/journeys/v1/send-data.md')
const STEPS = docs('engage/journeys/v2/event-triggered-journeys-steps.md')
const CORE = 'github.com/segmentio/action-destinations (970a17e), packages/core/src/audience-membership.ts'

const U123 = { userId: 'u123', email: 'una@example.com' }

/** What Engage puts into the context of its events. */
const personas = (computationClass: string, key: string): JSONObject => ({
  personas: {
    ...{ computation_class: computationClass, computation_id: 'aud_123', computation_key: key },
    ...{ namespace: 'spa_123', space_id: 'spa_123', external_audience_id: String(LIST) }
  }
})

const audience = (event: string, properties: Traits, more: TestEvent = {}): TestEvent => ({
  ...{ type: 'track', event, userId: 'u123' },
  properties: { audience_key: 'first_time_shopper', ...properties },
  context: personas('audience', 'first_time_shopper'),
  ...more
})

const enters = (title: string, origin: string, event: TestEvent): RealEvent => ({
  ...{ title, origin, event, action: 'syncList', leads: [U123] },
  on: { leads: [U123], lead: 0 }
})

const leaves = (title: string, origin: string, event: TestEvent): RealEvent => ({
  ...{ title, origin, event, action: 'syncList', leads: [U123], isOnList: true },
  on: { leads: [U123] }
})

/** Events of audiences and Journeys. */
export const engage: RealEvent[] = [
  enters('an audience: a person enters it', ENGAGE, audience('Audience Entered', { first_time_shopper: true })),
  leaves('an audience: a person leaves it', ENGAGE, audience('Audience Exited', { first_time_shopper: false })),
  enters('an audience with Identify events: a person enters it', ENGAGE, {
    ...{ type: 'identify', userId: 'u123', traits: { first_time_shopper: true } },
    context: personas('audience', 'first_time_shopper')
  }),
  leaves('an audience with Identify events: a person leaves it', ENGAGE, {
    ...{ type: 'identify', userId: 'u123', traits: { first_time_shopper: false } },
    context: personas('audience', 'first_time_shopper')
  }),
  enters('a Journey: the membership is text', JOURNEYS, {
    ...{ type: 'track', event: 'Audience Entered', userId: 'u123' },
    properties: { j_o_first_purchase__opened_email_dje83h: 'true' },
    context: personas('audience', 'j_o_first_purchase__opened_email_dje83h')
  }),
  leaves('a Journey: the membership is the text "false"', JOURNEYS, {
    ...{ type: 'track', event: 'Audience Exited', userId: 'u123' },
    properties: { j_o_first_purchase__opened_email_dje83h: 'false' },
    context: personas('journey_step', 'j_o_first_purchase__opened_email_dje83h')
  }),
  enters('a Journey with Identify events: the membership is text', JOURNEYS, {
    ...{ type: 'identify', userId: 'u123', traits: { j_o_first_purchase__opened_email_dje83h: 'true' } },
    context: personas('audience', 'j_o_first_purchase__opened_email_dje83h')
  }),
  enters('an event-triggered Journey: a step with an event name of one’s own, and no membership', STEPS, {
    ...{ type: 'track', event: 'Cart Reminder', userId: 'u123' },
    properties: { journey_context: { Cart_Modified: { organization: 'Pied Piper' } }, user_name: 'Una' },
    context: personas('journey_step', 'journey_name__step_name_8943l')
  }),
  leaves('an event-triggered Journey: a person exits it', CORE, {
    ...{ type: 'track', event: 'Journey Step Exited', userId: 'u123' },
    properties: { journey_name__step_name_8943l: false },
    context: personas('journey_step', 'journey_name__step_name_8943l')
  }),
  enters('an audience: only the name says that a person enters it', ENGAGE, audience('Audience Entered', {})),
  leaves('an audience: only the name says that a person leaves it', ENGAGE, audience('Audience Exited', {})),
  {
    title: 'an audience: a profile that has only an email',
    origin: ENGAGE,
    action: 'syncList',
    event: audience(
      'Audience Entered',
      { first_time_shopper: true },
      {
        userId: undefined,
        context: { ...personas('audience', 'first_time_shopper'), traits: { email: 'una@example.com' } }
      }
    ),
    leads: [U123],
    on: { leads: [U123], lead: 0 }
  },
  {
    title: 'an audience with Identify events: a profile that has only an email, and is new',
    origin: ENGAGE,
    action: 'syncList',
    event: {
      ...{ type: 'identify', traits: { first_time_shopper: true, email: 'new@example.com' } },
      context: personas('audience', 'first_time_shopper')
    },
    on: { leads: [{ email: 'new@example.com' }], lead: 0 }
  },
  {
    title: 'an audience: a profile that has only an anonymous ID',
    origin: ENGAGE,
    action: 'syncList',
    event: audience('Audience Entered', { first_time_shopper: true }, { userId: undefined, anonymousId: 'a-1' }),
    on: { leads: [{ anonymousId: 'a-1' }], lead: 0 },
    off: NO_USER
  },
  {
    title: 'an audience: the second of several emails of a profile',
    origin: ENGAGE,
    action: 'upsertLead',
    event: {
      ...{ type: 'identify', userId: 'u123', traits: { first_time_shopper: true, email: 'una@work.example.com' } },
      context: personas('audience', 'first_time_shopper')
    },
    leads: [U123],
    on: { leads: [{ userId: 'u123', email: 'una@work.example.com' }] }
  },
  {
    title: 'a computed trait is no audience',
    origin: ENGAGE,
    action: 'syncList',
    event: {
      ...{ type: 'track', event: 'Trait Computed', userId: 'u123' },
      properties: { trait_key: 'has_card', has_card: 'true' },
      context: personas('trait', 'has_card')
    },
    leads: [U123],
    on: { refused: /^Membership is unknown/, leads: [U123] }
  },
  {
    title: 'a Journey: a trait that the profile lacks is the text undefined',
    origin: STEPS,
    action: 'upsertLead',
    event: {
      ...{ type: 'identify', userId: 'u123' },
      traits: { email: 'una@example.com', firstName: 'undefined', lastName: 'undefined', phone: 'undefined' },
      context: personas('journey_step', 'journey_name__step_name_8943l')
    },
    leads: [{ ...U123, firstName: 'Una', phone: '555' }],
    on: { leads: [{ ...U123, firstName: 'Una', phone: '555' }] }
  }
]
