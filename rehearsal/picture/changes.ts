import type { ReceivedCall } from '../../sandbox/rest/call'
import type { RestEndpoint } from '../../sandbox/rest/endpoints'
import { keyOf } from '../../sandbox/state/custom-objects'
import type { Marketo } from '../../sandbox/state/marketo'
import type { ObjectRecord, ProgramMember } from '../../sandbox/state/shapes'

type Values = Record<string, string | number | boolean>

/** A lead's place in a program before and after a write. */
export interface ProgramChange {
  leadId: number
  programId: number
  programName: string
  before?: { statusName: string; fields: Values }
  after: { statusName: string; fields: Values }
}

/** A record of a custom object before and after a write. */
export interface ObjectChange {
  objectName: string
  leadId: number | null
  key: Values
  before?: Values
  after?: Values
}

/** The writes that a Marketo keeps no record of itself. */
export class Changes {
  readonly programs: ProgramChange[] = []
  readonly objects: ObjectChange[] = []
  readonly associations: { leadId: number; token: string }[] = []

  constructor(private readonly marketo: Marketo) {}

  /** @returns what notes the changes once the call is carried out */
  watch(endpoint: RestEndpoint, call: ReceivedCall): (result: unknown) => void {
    switch (endpoint) {
      case 'setProgramStatus':
      case 'syncProgramMembers':
        return this.watchProgram(
          Number(call.pathArgument),
          call.input.map(({ leadId }) => Number(leadId))
        )
      case 'syncCustomObjects':
      case 'deleteCustomObjects':
        return this.watchObjects(call)
      case 'submitForm':
        return this.watchForm(call)
      case 'associateLead':
        return () => this.noteToken(Number(call.pathArgument), call.params.get('cookie'))
      default:
        return () => undefined
    }
  }

  private watchProgram(programId: number, leadIds: number[]): () => void {
    const before = new Map(leadIds.map((leadId) => [leadId, this.placeOf(programId, leadId)]))
    return () => {
      for (const [leadId, former] of before) {
        const after = this.placeOf(programId, leadId)
        if (!after || isSame(former, after)) continue
        const { name: programName } = this.marketo.programs.get(programId)
        this.programs.push({ leadId, programId, programName, ...(former && { before: former }), after })
      }
    }
  }

  private watchForm({ body, input }: ReceivedCall): (result: unknown) => void {
    const form = this.marketo.forms.get(body.formId)
    const programs = [body.programId ?? form?.programId].filter((id): id is number => typeof id === 'number')
    const [{ leadFormFields, cookie } = { leadFormFields: {}, cookie: undefined }] = input
    const { email } = (leadFormFields ?? {}) as Values
    const known = this.marketo.leads.find('email', email ?? '').map(({ id }) => id)
    const before = new Map(programs.map((id) => [id, new Map(known.map((lead) => [lead, this.placeOf(id, lead)]))]))
    return (result) => {
      const [{ id: leadId } = { id: undefined }] = Array.isArray(result) ? (result as { id?: number }[]) : []
      if (leadId === undefined) return
      if (typeof cookie === 'string') this.noteToken(leadId, cookie)
      for (const [programId, members] of before) {
        const former = members.get(leadId)
        const after = this.placeOf(programId, leadId)
        if (!after || isSame(former, after)) continue
        const { name: programName } = this.marketo.programs.get(programId)
        this.programs.push({ leadId, programId, programName, ...(former && { before: former }), after })
      }
    }
  }

  private watchObjects({ pathArgument, input }: ReceivedCall): () => void {
    const { customObjects } = this.marketo
    const type = customObjects.types().find(({ name }) => name === pathArgument)
    if (!type) return () => undefined
    const find = (record: Record<string, unknown>) =>
      record.marketoGUID === undefined
        ? customObjects.find(type, record)
        : customObjects.findByGuid(type, record.marketoGUID)
    const copyOf = (record?: ObjectRecord) => record && { leadId: record.leadId, fields: { ...record.fields } }
    const before = new Map(input.map((record) => [keyOf(type, record), { record, former: copyOf(find(record)) }]))
    return () => {
      for (const { record, former } of before.values()) {
        const after = copyOf(find(record))
        if (isSame(former, after)) continue
        const fields = after?.fields ?? former?.fields ?? {}
        this.objects.push({
          objectName: type.name,
          leadId: after?.leadId ?? former?.leadId ?? null,
          key: Object.fromEntries(type.dedupeFields.map((name) => [name, fields[name]])),
          ...(former && { before: former.fields }),
          ...(after && { after: after.fields })
        })
      }
    }
  }

  private noteToken(leadId: number, cookie: string | null): void {
    if (cookie) this.associations.push({ leadId, token: this.marketo.tracking.tokenIn(cookie) })
  }

  private placeOf(programId: number, leadId: number): ProgramChange['after'] | undefined {
    const program = this.marketo.programs.all().find(({ id }) => id === programId)
    const member: ProgramMember | undefined = program && this.marketo.programs.member(program, leadId)
    return member && { statusName: member.statusName, fields: { ...member.fields } }
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
