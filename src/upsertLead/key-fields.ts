import { CALLS } from '../marketo/calls/all-calls'
import type { MarketoClient } from '../marketo/transport/client'
import { describeLeads } from '../marketo/areas/leads'
import { isFailure } from '../marketo/transport/outcome'
import { sendAll } from '../marketo/calls/records'
import { keyFieldProblem } from '../segment/key-fields'

/** The custom lead fields by which leads are found, with the labels that they get. */
const KEY_FIELDS = [
  { name: 'userId', displayName: 'Segment User ID' },
  { name: 'anonymousId', displayName: 'Segment Anonymous ID' }
] as const

interface Report {
  /** Names of the fields that were created. */
  created: string[]
  /** What was done, and what was there already, in sentences. */
  notes: string[]
  /** What somebody has to do in Marketo, in sentences. */
  problems: string[]
}

/** Creates the key fields that an instance lacks. @throws MarketoError if it cannot learn which fields it has */
export async function createKeyFields(client: MarketoClient): Promise<Report> {
  const report: Report = { created: [], notes: [], problems: [] }
  const described = await describeLeads(client)
  const missing = KEY_FIELDS.filter(({ name }) => {
    const problem = keyFieldProblem(name, described)
    if (!problem) report.notes.push(`The lead field "${name}" was there already.`)
    else if (!problem.isMissing) report.problems.push(`${problem.what} ${problem.remedy}`)
    return problem?.isMissing
  })
  const records = missing.map((field) => ({ ...field, dataType: 'string' }))
  const outcomes = await sendAll(client, { call: CALLS.createLeadFields }, records)
  outcomes.forEach((outcome, i) => {
    const { name, displayName } = missing[i]
    if (isFailure(outcome)) report.problems.push(`The lead field "${name}" was not created. ${outcome.message}`)
    else {
      report.created.push(name)
      report.notes.push(`The lead field "${name}" (${displayName}) was created.`)
    }
  })
  return report
}
