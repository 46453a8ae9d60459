import { textOf } from '../../migration/directive'
import type { Value } from '../../migration/json'
import { listOfId } from '../../src/marketo/areas/lists'
import { describeMemberFields, programOf, statusesOfChannel } from '../../src/marketo/areas/programs'
import type { MarketoClient } from '../../src/marketo/transport/client'
import { campaignOfId } from '../asking'
import { checkFields } from '../fields'
import { found } from '../finding'
import type { Found } from '../finding'
import { entriesIn, hookOutput, idIn, mappedTo } from '../mappings'
import type { Check } from './check'

/** What is wrong with the mapping of an ID, before Marketo is asked. */
function problemWithId(label: string, value: Value | undefined): Found[] {
  const mapped = mappedTo(value)
  if (mapped === 'from the event') return [found('from-event', `${label} comes from the event.`)]
  if (mapped === undefined) return [found('required-field-unmapped', `${label} is not mapped.`)]
  return []
}

export const checkSyncList: Check = async (client, mapping) => {
  const saved = hookOutput(mapping, 'retlOnMappingSave', 'id')
  const given = mappedTo(saved) === undefined ? mapping.fields.listId : saved
  const problems = problemWithId('Static List ID', given)
  if (problems.length > 0) return problems
  const id = idIn(given)
  if (id !== undefined && (await listOfId(client, id))) return []
  return [found('list-missing', `Marketo has no static list with the ID ${textOf(given)}.`)]
}

export const checkRequestCampaign: Check = async (client, { fields }) => {
  const problems = problemWithId('Campaign ID', fields.campaignId)
  if (problems.length > 0) return problems
  const id = idIn(fields.campaignId)
  const campaign = id === undefined ? undefined : await campaignOfId(client, id)
  if (!campaign) return [found('campaign-missing', `Marketo has no campaign with the ID ${textOf(fields.campaignId)}.`)]
  if (campaign.isRequestable) return []
  return campaign.active
    ? [found('campaign-not-requestable', `The campaign "${campaign.name}" cannot be requested by API.`)]
    : [found('campaign-inactive', `The campaign "${campaign.name}" is not active.`)]
}

export const checkSetProgramStatus: Check = async (client, { fields }) => {
  const problems = problemWithId('Program ID', fields.programId)
  const findings = problems.length > 0 ? problems : await programFindings(client, fields)
  if (entriesIn(fields.memberFields)?.length === 0) return findings
  const members = checkFields('Member Fields', fields.memberFields, await describeMemberFields(client), {
    word: 'field of program members',
    missing: 'member-field-missing',
    readOnly: 'member-field-read-only',
    type: 'member-field-type'
  })
  return [...findings, ...members]
}

async function programFindings(client: MarketoClient, fields: Record<string, Value>): Promise<Found[]> {
  const program = await programIn(client, fields.programId)
  if (!program) return [programMissing(fields.programId)]
  const status = mappedTo(fields.status)
  if (status === undefined) return [found('required-field-unmapped', 'Status is not mapped.')]
  if (status === 'from the event') return [found('from-event', 'Status comes from the event.')]
  const statuses = await statusesOfChannel(client, program.channel ?? '')
  const name = textOf(status.literal).trim()
  return statuses.some((candidate) => candidate.name === name)
    ? []
    : [found('status-missing', `The channel "${program.channel ?? ''}" of "${program.name}" has no status "${name}".`)]
}

/** @returns the program with a mapped ID, undefined if Marketo has none */
export async function programIn(client: MarketoClient, value: Value | undefined) {
  const id = idIn(value)
  return id === undefined ? undefined : programOf(client, id)
}

export const programMissing = (value: Value | undefined): Found =>
  found('program-missing', `Marketo has no program with the ID ${textOf(value)}.`)
