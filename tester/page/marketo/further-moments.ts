import type { ObjectRecord } from '../../../sandbox/contract'
import type { RunRecord } from '../run/run-record'
import type { LeadEntry } from './lead-rows'
import { eventsOf, isDuring, madeCall, type Moment, type Trace } from './traces'

/**
 * @returns what happened to a lead besides its own values, activities and visits: lists, campaigns, objects and so on
 */
export function furtherMoments(row: LeadEntry, traces: Trace[], runs: RunRecord[]): Moment[] {
  const by = (at: string, path: string, is: (trace: Trace) => boolean = () => true) =>
    eventsOf(traces.filter((trace) => isDuring(trace.run, at) && madeCall(trace, path) && is(trace)))
  return [
    ...row.listChanges.map(({ listId, listName, isAdded, at }) => ({
      at,
      what: isAdded ? 'Added to a list' : 'Removed from a list',
      details: listName,
      event: by(at, `/lists/${listId}/`, (trace) => bodyOf(trace).status === (isAdded ? 'added' : 'removed'))
    })),
    ...row.campaignRuns.map(({ campaignId, campaignName, tokens, requestedAt }) => ({
      at: requestedAt,
      what: 'Campaign requested',
      details: [campaignName, ...Object.entries(tokens).map(([name, value]) => `${name}: ${value}`)].join(', '),
      event: by(requestedAt, `/campaigns/${campaignId}/`)
    })),
    ...row.programMembers.map(({ programId, programName, statusName, updatedAt }) => ({
      at: updatedAt,
      what: 'Program status',
      details: `${programName}: ${statusName}`,
      event: by(updatedAt, `/programs/${programId}/`)
    })),
    ...row.formSubmissions.map(({ formName, fields, submittedAt }) => ({
      at: submittedAt,
      what: 'Form filled out',
      details: `${formName}: ${listed(fields)}`,
      event: by(submittedAt, '/submitForm', ({ result: { outcome } }) => {
        const { leadFormFields = {} } = (outcome.sent ?? {}) as { leadFormFields?: Record<string, unknown> }
        return Object.entries(leadFormFields).every(([name, value]) => fields[name] === value)
      })
    })),
    ...row.merges.map(({ loserId, mergedAt }) => ({
      at: mergedAt,
      what: 'Merged',
      details: `with lead ${loserId}, which is gone`,
      event: by(mergedAt, `/leads/${row.id}/merge`)
    })),
    ...objectMoments(row.objects, runs)
  ]
}

/** The answer for a record of an object names the record, but not its lead. */
function objectMoments(objects: ObjectRecord[], runs: RunRecord[]): Moment[] {
  if (!objects.length) return []
  const traces = runs.flatMap((run) => run.results.map((result) => ({ run, result })))
  return objects.flatMap(({ objectName, marketoGUID, createdAt, updatedAt, fields }) => {
    const own = traces.filter((trace) => bodyOf(trace).marketoGUID === marketoGUID)
    const moment = (at: string, status: string) => ({
      at,
      what: `Object ${status}`,
      details: `${objectName}: ${listed(fields)}`,
      event: eventsOf(own.filter((trace) => bodyOf(trace).status === status && isDuring(trace.run, at)))
    })
    return [moment(createdAt, 'created'), ...(updatedAt === createdAt ? [] : [moment(updatedAt, 'updated')])]
  })
}

const bodyOf = ({ result }: Trace) => (result.outcome.body ?? {}) as { status?: string; marketoGUID?: string }

const listed = (values: Record<string, unknown>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ')
