import { routesTo } from '../../sandbox/rest/routes'
import type { ActivityType, Attribute } from '../../sandbox/state/activity-types'
import type { ObjectType } from '../../sandbox/state/custom-object-types'
import type { DataType } from '../../sandbox/state/field-values'
import type { Form } from '../../sandbox/state/forms'
import type { Marketo } from '../../sandbox/state/marketo'
import { Refused, type Asker, type Row } from '../wire/asker'
import type { Doubts } from './doubts'
import type { LeadFields } from './lead-fields'

/** Where static lists that were read are said to be: nothing here depends on it. */
const SOMEWHERE = { id: 0, type: 'Folder' } as const

/** What an administrator or a marketer has set up, each thing read when the first write needs it. */
export class Setup {
  private readonly read = new Map<string, Promise<void>>()

  constructor(
    private readonly marketo: Marketo,
    private readonly fields: LeadFields,
    private readonly doubts: Doubts
  ) {}

  list(ask: Asker, id: number): Promise<void> {
    return this.once(`list ${id}`, async () => {
      const adopt = (name: string) =>
        this.marketo.lists.adopt({ id, name, folder: SOMEWHERE, createdAt: 0, updatedAt: 0 })
      const rows = await this.rowsOr(ask, `/rest/v1/lists/${id}.json`, () => adopt(`List ${id}`))
      if (rows[0]) adopt(String(rows[0].name))
    })
  }

  campaign(ask: Asker, id: number): Promise<void> {
    return this.once(`campaign ${id}`, async () => {
      const adopt = (row: Row, isRequestable: boolean) =>
        this.marketo.campaigns.adopt({
          ...{ id, name: String(row.name), createdAt: 0, isRequestable },
          ...{ type: row.type === 'batch' ? 'batch' : 'trigger', isActive: row.active !== false }
        })
      const path = `/rest/v1/campaigns.json?id=${id}`
      const asUnknown = () => adopt({ name: `Campaign ${id}` }, true)
      const [requestable] = await this.rowsOr(ask, `${path}&isTriggerable=true`, asUnknown)
      if (requestable) return adopt(requestable, true)
      if (this.marketo.campaigns.all().some((campaign) => campaign.id === id)) return
      const [other] = await ask.setup(path)
      if (other) adopt(other, false)
    })
  }

  program(ask: Asker, id: number): Promise<void> {
    return this.once(`program ${id}`, async () => {
      const [program] = await ask.setup(`/rest/asset/v1/program/${id}.json`)
      if (!program) return
      const channel = String(program.channel)
      this.marketo.programs.adopt({ id, name: String(program.name), type: 'Default', channel, createdAt: 0 })
      if (this.marketo.programs.channels.some(({ name }) => name === channel)) return
      const query = new URLSearchParams({ name: channel }).toString()
      const [found] = await ask.setup(`/rest/asset/v1/channel/byName.json?${query}`)
      const statuses = (found?.progressionStatuses ?? []) as Row[]
      this.marketo.programs.channels.push({
        id: Number(found?.id),
        name: channel,
        progressionStatuses: statuses.map(({ name, step, success, hidden }) => ({
          ...{ name: String(name), step: Number(step ?? 0), success: success === true, hidden: hidden === true }
        }))
      })
    })
  }

  memberFields(ask: Asker): Promise<void> {
    return this.once('member fields', async () => {
      const [description] = await ask.setup('/rest/v1/programs/members/describe.json')
      for (const { name, displayName, dataType, updateable } of (description?.fields ?? []) as Row[]) {
        if (updateable !== true) continue
        const type = String(dataType) as DataType
        this.marketo.programs.memberFields.push({
          name: String(name),
          displayName: String(displayName),
          dataType: type
        })
      }
    })
  }

  activityType(ask: Asker, id: number): Promise<void> {
    return this.once(`activity type ${id}`, async () => {
      const types = await ask.setup('/rest/v1/activities/external/types.json')
      const type = types.find((candidate) => candidate.id === id)
      if (!type) return
      const isApproved = String(type.status).startsWith('approved')
      const path = `/rest/v1/activities/external/type/${encodeURIComponent(String(type.apiName))}/describe.json`
      const [described] = isApproved ? await ask.setup(path) : []
      this.marketo.activityTypes.adopt({
        ...(type as unknown as ActivityType),
        primaryAttribute: (described?.primaryAttribute ?? TEXT) as Attribute,
        attributes: (described?.attributes ?? []) as Attribute[]
      })
    })
  }

  objectType(ask: Asker, name: string): Promise<void> {
    return this.once(`object ${name}`, async () => {
      const path = `/rest/v1/customobjects/${encodeURIComponent(name)}/describe.json`
      if (routesTo(path).length === 0) return
      await this.fields.know(ask)
      const [described] = await this.foundIn(ask, path)
      if (described) this.marketo.customObjects.adoptType(this.typeIn(name, described))
    })
  }

  form(ask: Asker, id: number): Promise<void> {
    return this.once(`form ${id}`, async () => {
      const [form] = await ask.setup(`/rest/asset/v1/form/${id}.json`)
      if (!form) return
      const fields = await ask.setup(`/rest/asset/v1/form/${id}/fields.json`)
      await this.fields.knowFormNames(ask)
      const folder = form.folder as Row | undefined
      const programId = folder?.type === 'Program' ? Number(folder.value ?? folder.id) : undefined
      this.marketo.forms.adopt({
        ...{ id, name: String(form.name), status: form.status as Form['status'] },
        fields: fields.map((field) => ({ ...(field as unknown as Form['fields'][number]), id: String(field.id) })),
        ...(programId !== undefined && { programId })
      })
    })
  }

  private typeIn(name: string, described: Row): ObjectType {
    const fields = described.fields as ObjectType['fields']
    const relationships = (described.relationships ?? []) as { field?: string; object?: Row; relatedTo?: Row }[]
    const toLead = relationships.find(({ object, relatedTo }) =>
      /^\s*lead\s*$/i.test(String((object ?? relatedTo)?.name))
    )
    const related = toLead?.object ?? toLead?.relatedTo
    const leadField = this.leadFieldCalled(String(related?.field))
    const link = toLead?.field !== undefined && leadField !== undefined && { field: toLead.field, leadField }
    return {
      ...{ name, displayName: String(described.displayName), description: '' },
      dedupeFields: described.dedupeFields as string[],
      fields: fields.filter(({ name: own }) => !['marketoGUID', 'createdAt', 'updatedAt'].includes(own)),
      ...(link && { link: { ...link, shownAs: { name: 'Lead', field: link.leadField } } })
    }
  }

  /** Custom objects name the lead field of their link by its name or by its label. */
  private leadFieldCalled(text: string): string | undefined {
    const isSo = (name: string) => name.trim().toLowerCase() === text.trim().toLowerCase()
    const all = [...this.marketo.fields.values()]
    return (all.find(({ name }) => isSo(name)) ?? all.find(({ displayName }) => isSo(displayName)))?.name
  }

  private once(what: string, work: () => Promise<void>): Promise<void> {
    const known = this.read.get(what)
    if (known) return known
    const reading = work()
    this.read.set(what, reading)
    reading.catch(() => this.read.delete(what))
    return reading
  }

  /** What Marketo does not have is refused by the write itself. */
  private async foundIn(ask: Asker, path: string): Promise<Row[]> {
    return ask.setup(path).catch((error: unknown) => {
      if (error instanceof Refused && NOT_THERE.includes(String(error.code))) return []
      throw error
    })
  }

  /** If the API user may not read something that it may still write to, that is said. */
  private async rowsOr(ask: Asker, path: string, asUnknown: () => void): Promise<Row[]> {
    return this.foundIn(ask, path).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.code !== FORBIDDEN) throw error
      asUnknown()
      this.doubts.aboutAll(
        `Marketo does not let this API user read ${path.split('?')[0]}, so whether it exists is unknown`
      )
      return []
    })
  }
}

const NOT_THERE = ['1013', '610']
const FORBIDDEN = '603'

const TEXT: Attribute = { apiName: '', name: '', description: '', dataType: 'string' }
