import { inChunks } from '../../src/marketo/calls/chunks'
import { RECORDS_PER_CALL } from '../../src/marketo/transport/limits'
import { keyOf } from '../../sandbox/state/custom-objects'
import type { ObjectType } from '../../sandbox/state/custom-object-types'
import type { Marketo } from '../../sandbox/state/marketo'
import type { ObjectRecord } from '../../sandbox/state/shapes'
import type { Asker, Row } from '../wire/asker'
import { isNewLead, type KnownLeads } from './known-leads'

/** Who is on a list or in a program, and which records of custom objects there are: what a write would change. */
export class Memberships {
  private readonly asked = new Set<string>()

  constructor(private readonly marketo: Marketo, private readonly leads: KnownLeads) {}

  async onList(ask: Asker, listId: number, leadIds: number[]): Promise<void> {
    if (!this.marketo.lists.all().some(({ id }) => id === listId)) return
    await this.forOpen(`list ${listId}`, leadIds, async (ids, ownerOf) => {
      const query = new URLSearchParams(ids.map((id) => ['id', String(id)])).toString()
      const rows = await ask.setup(`/rest/v1/lists/${listId}/leads/ismember.json?${query}`)
      for (const { id, status } of rows) {
        if (String(status).toLowerCase() === 'memberof') this.marketo.lists.adoptMember(listId, ownerOf(Number(id)))
      }
    })
  }

  async inProgram(ask: Asker, programId: number, leadIds: number[]): Promise<void> {
    const { programs } = this.marketo
    const program = programs.all().find(({ id }) => id === programId)
    if (!program) return
    const fields = programs.memberFields.map(({ name }) => name)
    await this.forOpen(`program ${programId} ${fields.length}`, leadIds, async (ids, ownerOf) => {
      const rows = await ask.rows(`/rest/v1/programs/${programId}/members.json`, {
        ...{ filterType: 'leadId', filterValues: ids.join(','), fields: ['statusName', ...fields].join(',') }
      })
      // A lead that took another one in keeps its own status.
      const isOwn = ({ leadId }: Row) => ownerOf(Number(leadId)) === leadId
      for (const row of [...rows.filter(isOwn), ...rows.filter((other) => !isOwn(other))]) {
        const leadId = ownerOf(Number(row.leadId))
        const given = fields.filter((name) => row[name] !== undefined && row[name] !== null)
        const values = Object.fromEntries(given.map((name) => [name, row[name] as string]))
        const known = programs.member(program, leadId)
        if (known) known.fields = { ...values, ...known.fields }
        else {
          const { name: programName } = program
          programs.adoptMember({
            ...{ programId, programName, leadId, statusName: String(row.statusName), updatedAt: '', fields: values }
          })
        }
      }
    })
  }

  /** @param by how the write finds its records */
  async records(ask: Asker, type: ObjectType, by: 'dedupeFields' | 'idField', given: Row[]): Promise<void> {
    const names = by === 'idField' ? ['marketoGUID'] : type.dedupeFields
    const nameOf = (record: Row) =>
      `${type.name} ${by === 'idField' ? String(record.marketoGUID) : keyOf(type, record)}`
    const open = new Map<string, Row>()
    for (const record of given) {
      const isWhole = names.every((name) => record[name] !== undefined && record[name] !== null && record[name] !== '')
      if (isWhole && !this.asked.has(nameOf(record)) && !this.isOfNewLead(type, record))
        open.set(nameOf(record), record)
    }
    for (const chunk of inChunks([...open.values()], RECORDS_PER_CALL)) {
      const input = chunk.map((record) => Object.fromEntries(names.map((name) => [name, record[name]])))
      const fields = type.fields.map(({ name }) => name)
      const rows = await ask.query(`/rest/v1/customobjects/${type.name}.json`, { filterType: by, fields, input })
      for (const record of chunk) this.asked.add(nameOf(record))
      for (const row of rows) this.adopt(type, row)
    }
  }

  private adopt(type: ObjectType, row: Row): void {
    const { customObjects } = this.marketo
    const given = type.fields.filter(({ name }) => row[name] !== undefined && row[name] !== null)
    const fields = Object.fromEntries(given.map(({ name }) => [name, row[name] as string]))
    const isKnown = customObjects.find(type, fields) || customObjects.findByGuid(type, row.marketoGUID)
    if (isKnown) return
    const linked = type.link && fields[type.link.field]
    const owner = type.link && linked !== undefined ? this.ownerOf(type.link.leadField, linked) : undefined
    const record: ObjectRecord = {
      ...{ objectName: type.name, marketoGUID: String(row.marketoGUID), leadId: owner ?? null },
      ...{ createdAt: String(row.createdAt), updatedAt: String(row.updatedAt), fields }
    }
    customObjects.adopt(type, record)
  }

  /** A link by ID names its lead; by another field, the lead may not be known. */
  private ownerOf(leadField: string, linked: string | number | boolean): number | undefined {
    return leadField === 'id' ? Number(linked) : this.marketo.leads.find(leadField, linked)[0]?.id
  }

  /** A record whose key has the ID of a new lead cannot be in Marketo yet. */
  private isOfNewLead({ dedupeFields, link }: ObjectType, record: Row): boolean {
    return link?.leadField === 'id' && dedupeFields.includes(link.field) && isNewLead(Number(record[link.field]))
  }

  /** Reads once about each lead. @param read receives IDs in Marketo, and whose they are now: some were merged into others here */
  private async forOpen(
    what: string,
    leadIds: number[],
    read: (ids: number[], ownerOf: (id: number) => number) => Promise<void>
  ): Promise<void> {
    const owners = new Map<number, number>()
    for (const leadId of leadIds.filter(Number.isInteger)) {
      for (const id of this.leads.inMarketo(leadId)) if (!this.asked.has(`${what} ${id}`)) owners.set(id, leadId)
    }
    for (const ids of inChunks([...owners.keys()], RECORDS_PER_CALL)) {
      await read(ids, (id) => owners.get(id) ?? id)
      for (const id of ids) this.asked.add(`${what} ${id}`)
    }
  }
}
