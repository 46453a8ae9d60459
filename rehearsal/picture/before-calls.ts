import type { InputRecord, ReceivedCall } from '../../sandbox/rest/call'
import type { RestEndpoint } from '../../sandbox/rest/endpoints'
import type { Asker } from '../wire/asker'
import { foundOf, wantedOf } from './look-up'
import type { Parts } from './parts'

/** Reads what Marketo would decide by, before a call is answered here. @throws Refused, ApiError */
type Before = (picture: Parts, ask: Asker, call: ReceivedCall) => Promise<void>

/** The calls that are answered here. All other writes are refused, and all other reads go to Marketo as they are. */
export const BEFORE: Partial<Record<RestEndpoint, Before>> = {
  getLeads: async (picture, ask, { params }) => {
    const { leads, fields } = picture
    await fields.know(ask)
    const filter = params.get('filterType') ?? ''
    const values = (params.get('filterValues') ?? '').split(',')
    const wanted = wantedOf(params)
    leads.watch(wanted)
    if (!fields.isSearchable(filter) || !wanted.every((name) => fields.has(name))) return
    if (filter === 'id') return leads.byIds(ask, values.map(Number), wanted)
    await leads.byValues(ask, filter, values)
    await leads.byIds(ask, foundOf(picture, filter, values), wanted)
  },

  syncLeads: async (picture, ask, { body, input }) => {
    const { leads, fields, partitions, doubts } = picture
    await fields.know(ask)
    const { lookupField = 'email', partitionName } = body as { lookupField?: string; partitionName?: string }
    const written = [...new Set(input.flatMap((record) => Object.keys(record)))]
    leads.watch(written)
    if (partitionName !== undefined) await partitions.know(ask)
    noteUnknownTypes(picture, input, written)
    const keys = input.map((record) => record[lookupField])
    const needed = [...written, ...(partitionName === undefined ? [] : ['leadPartitionId'])]
    if (lookupField === 'id') return leads.byIds(ask, numbersIn(keys), needed)
    const texts = [...new Set(keys.filter((key) => fields.isAskable(lookupField, key)).map(String))]
    for (const text of texts.filter((value) => value.includes(','))) {
      doubts.aboutValue(
        text,
        `Marketo cannot be asked for a value with a comma: only a write tells which leads have the ${lookupField} "${text}"`
      )
    }
    const plain = texts.filter((text) => !text.includes(','))
    for (const value of await leads.forWrite(ask, lookupField, plain)) picture.crowd(lookupField, value)
    await leads.byIds(ask, foundOf(picture, lookupField, texts), needed)
  },

  associateLead: async ({ leads, fields }, ask, { params, pathArgument }) => {
    await fields.know(ask)
    await leads.byIds(ask, [Number(pathArgument)], [])
    await leads.byValues(ask, 'cookies', params.getAll('cookie'))
  },

  mergeLeads: async (picture, ask, { params, pathArgument }) => {
    const { leads, fields, marketo } = picture
    await fields.know(ask)
    const ids = params.getAll('leadIds').flatMap((text) => text.split(','))
    await leads.byIds(ask, [pathArgument, ...ids].map(Number), [...marketo.fields.keys()])
  },

  addActivities: async ({ leads, fields, setup }, ask, { input }) => {
    await fields.know(ask)
    await leads.byIds(ask, numbersIn(input.map(({ leadId }) => leadId)), [])
    for (const id of new Set(numbersIn(input.map(({ activityTypeId }) => activityTypeId)))) {
      await setup.activityType(ask, id)
    }
  },

  addToList: beforeList,
  removeFromList: beforeList,
  memberOfList: beforeList,

  requestCampaign: async ({ leads, fields, setup }, ask, { body, pathArgument }) => {
    await fields.know(ask)
    const { leads: given } = (body.input ?? {}) as { leads?: InputRecord[] }
    await leads.byIds(ask, numbersIn((Array.isArray(given) ? given : []).map((lead) => lead?.id)), [])
    await setup.campaign(ask, Number(pathArgument))
  },

  setProgramStatus: beforeProgram,
  syncProgramMembers: async (picture, ask, call) => {
    await picture.setup.memberFields(ask)
    await beforeProgram(picture, ask, call)
  },

  syncCustomObjects: async (picture, ask, { body, input, pathArgument }) => {
    const { leads, fields, setup, memberships } = picture
    await setup.objectType(ask, pathArgument)
    const type = picture.objectType(pathArgument)
    if (!type) return
    const { link } = type
    if (link) {
      await fields.know(ask)
      const linked = input
        .map((record) => record[link.field])
        .filter((value) => fields.isAskable(link.leadField, value))
      if (link.leadField === 'id') await leads.byIds(ask, linked.map(Number), [])
      else
        await leads.byValues(
          ask,
          link.leadField,
          [...new Set(linked.map(String))].filter((text) => !text.includes(','))
        )
    }
    await memberships.records(ask, type, body.dedupeBy === 'idField' ? 'idField' : 'dedupeFields', input)
  },

  deleteCustomObjects: async (picture, ask, { body, input, pathArgument }) => {
    await picture.setup.objectType(ask, pathArgument)
    const type = picture.objectType(pathArgument)
    if (!type) return
    const by = body.deleteBy === 'idField' ? 'idField' : 'dedupeFields'
    await picture.memberships.records(ask, type, by, input)
  },

  submitForm: async (picture, ask, { body, input }) => {
    const { leads, fields, setup, memberships, marketo } = picture
    await fields.know(ask)
    const formId = Number(body.formId)
    await setup.form(ask, formId)
    const form = marketo.forms.get(formId)
    const ofMember = (form?.fields ?? []).some(({ id }) => !fields.isOnForms(id))
    if (ofMember) await setup.memberFields(ask)
    const programId = Number(body.programId ?? (ofMember ? form?.programId : undefined))
    if (Number.isInteger(programId)) await setup.program(ask, programId)
    for (const { leadFormFields, cookie } of input) {
      const values = (leadFormFields ?? {}) as Record<string, string | undefined>
      leads.watch(Object.keys(values))
      const email = values.email ?? ''
      if (email !== '' && !email.includes(',')) await leads.forWrite(ask, 'email', [email])
      const found = foundOf(picture, 'email', [email])
      await leads.byIds(ask, found, Object.keys(values))
      if (typeof cookie === 'string') await leads.byValues(ask, 'cookies', [cookie])
      if (Number.isInteger(programId)) await memberships.inProgram(ask, programId, found)
    }
  }
}

async function beforeList(
  { leads, fields, setup, memberships }: Parts,
  ask: Asker,
  { input, pathArgument }: ReceivedCall
) {
  await fields.know(ask)
  const ids = numbersIn(input.map(({ id }) => id))
  await leads.byIds(ask, ids, [])
  await setup.list(ask, Number(pathArgument))
  await memberships.onList(ask, Number(pathArgument), ids)
}

async function beforeProgram(
  { leads, fields, setup, memberships }: Parts,
  ask: Asker,
  { input, pathArgument }: ReceivedCall
) {
  await fields.know(ask)
  const ids = numbersIn(input.map(({ leadId }) => leadId))
  await leads.byIds(ask, ids, [])
  await setup.program(ask, Number(pathArgument))
  await memberships.inProgram(ask, Number(pathArgument), ids)
}

function noteUnknownTypes({ fields, doubts }: Parts, input: InputRecord[], written: string[]): void {
  for (const { name, dataType } of fields.ofUnknownTypes(written)) {
    for (const record of input.filter((candidate) => candidate[name] !== undefined && candidate[name] !== null)) {
      doubts.aboutRecord(record, `only Marketo knows which values the field ${name} of type ${dataType} takes`)
    }
  }
}

const numbersIn = (values: unknown[]): number[] => values.filter((value): value is number => typeof value === 'number')
