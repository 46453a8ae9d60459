import { eventOf, statusesOf } from './support/events'
import { sendBatch } from './support/marketo'
import { refusal, success, useStub } from './support/stub'

/** One call in which Marketo throttles or refuses a record and accepts a later one of the same lead: the sandbox does not play that. */

const stub = useStub('606-ORD-001')
const refused = (code: string, message = 'No.') => ({ status: 'skipped', reasons: [{ code, message }] })
const updated = { id: 5, status: 'updated' }

/** Sends two events about one lead, which Marketo answers in this way. @returns their statuses */
async function sendTwo(...answers: (object[] | object)[]): Promise<number[]> {
  stub.answerWith(() => {
    const answer = answers.shift() ?? []
    return Array.isArray(answer) ? success(...(answer as object[])) : answer
  })
  const events = ['red', 'blue'].map((gender) => eventOf({ userId: 'u1', email: 'a@x.org' }, { gender }))
  return statusesOf(
    await sendBatch('upsertLead', events, { mapping: { lookupField: 'email' }, settings: stub.settings })
  )
}

const genders = (): unknown[][] =>
  stub.received.map(({ body }) => (body as { input: { gender?: string }[] }).input.map(({ gender }) => gender))

it('Two events that Marketo refuses together go alone, and both are retried if it throttles only the first one', async () => {
  expect(await sendTwo([refused('1077')], [refused('606'), updated])).toEqual([429, 503])
  expect(genders()).toEqual([['blue'], ['red', 'blue']])
})

it('Two events that Marketo refuses together go alone, and the second one goes again if the first one is repaired', async () => {
  const unknown = refused('1006', "Field 'gender' not found")
  expect(await sendTwo([refused('1077')], [unknown, updated], [updated, updated])).toEqual([200, 200])
  expect(genders()).toEqual([['blue'], ['red', 'blue'], [undefined, 'blue']])
})

it('If Marketo refuses a call because of one record, and then throttles, the later record of the lead is not sent before the first', async () => {
  const statuses = await sendTwo([refused('1077')], refusal('1001'), refusal('606'))
  expect(statuses).toEqual([429, 503])
  expect(genders()).toEqual([['blue'], ['red', 'blue'], ['red']])
})
