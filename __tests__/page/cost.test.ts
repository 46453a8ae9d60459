import { callsADay, FIGURES } from '../../dev/page/cost/calls'
import { ASSOCIATIONS_PER_BATCH } from '../../src/marketo/limits'
import marketo from '../../src'
import { readFileSync } from 'fs'
import { join } from 'path'

const PERFORMANCE = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8')

/** The calls that the benchmark measured for 1,000 events in batches of 300: four batches. */
function measured(action: string, knows: 'nobody' | 'everybody'): number {
  const [, calls] = new RegExp(`\\| ${action} +\\| ${knows} +\\| +(\\d+) `).exec(PERFORMANCE) ?? []
  return Number(calls)
}

const BATCHES = 4

describe('What a day costs', () => {
  it.each(Object.keys(FIGURES))('is what the benchmark measured for %s, where Marketo knows everybody', (action) => {
    const load = { eventsADay: 1_000, inABatch: 300, newShare: 0 }
    expect(callsADay(action, load)).toBe(measured(action, 'everybody'))
  })

  it.each([...['upsertLead', 'sendCustomActivity', 'syncList', 'requestCampaign', 'setProgramStatus', 'submitForm']])(
    'is what it measured for %s, where Marketo knows nobody',
    (action) => {
      const load = { eventsADay: 1_000, inABatch: 300, newShare: 1 }
      expect(callsADay(action, load)).toBe(measured(action, 'nobody'))
    }
  )

  it('has one call more for each new visitor, as many as a batch associates', () => {
    const { withNew, perNewPerson } = FIGURES.visitWebPage
    expect(BATCHES * (withNew + ASSOCIATIONS_PER_BATCH * perNewPerson)).toBe(measured('visitWebPage', 'nobody'))
    expect(callsADay('visitWebPage', { eventsADay: 1000, inABatch: 1, newShare: 1 })).toBe(
      1000 * (withNew + perNewPerson)
    )
  })

  it('has figures for every action of the destination', () => {
    expect(Object.keys(FIGURES).sort()).toEqual(Object.keys(marketo.actions).sort())
  })

  it('has no call for the description of an object, which is asked for once an hour', () => {
    const load = { eventsADay: 1_000, inABatch: 300, newShare: 1 }
    expect(callsADay('syncCustomObject', load)).toBe(measured('syncCustomObject', 'nobody') - 1)
  })

  it('is not known for an action that is not measured', () => {
    expect(callsADay('other', { eventsADay: 1, inABatch: 1, newShare: 0 })).toBeUndefined()
  })
})
