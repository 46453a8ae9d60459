import { ApiError } from './errors'
import type { DataType } from './field-values'
import type { ProgramMember } from './shapes'

export interface ProgramStatus {
  name: string
  step: number
  hidden: boolean
  success: boolean
}

/** The kind of a program, which defines the statuses of its members. */
export interface Channel {
  id: number
  name: string
  progressionStatuses: ProgramStatus[]
}

export interface Program {
  id: number
  name: string
  type: 'Default' | 'Event' | 'Engagement' | 'Email'
  channel: string
  createdAt: number
}

/** A custom field of program members. */
export interface MemberField {
  name: string
  displayName: string
  dataType: DataType
}

type MemberValues = ProgramMember['fields']

/** The programs of an instance and their members. */
export class Programs {
  private readonly programs = new Map<number, Program>()
  private members: ProgramMember[] = []

  /**
   * @param channels the kinds of programs
   * @param memberFields the custom fields of program members
   */
  constructor(readonly channels: Channel[], readonly memberFields: MemberField[], private readonly now: () => number) {}

  all(): Program[] {
    return [...this.programs.values()]
  }

  get(id: number): Program {
    const program = this.programs.get(id)
    if (!program) throw new ApiError('1013')
    return program
  }

  create(given: Pick<Program, 'name' | 'type' | 'channel'>): Program {
    const program = { id: 2001 + this.programs.size, ...given, createdAt: this.now() }
    this.programs.set(program.id, program)
    return program
  }

  /** Takes a program as another Marketo has it. */
  adopt(program: Program): void {
    this.programs.set(program.id, program)
  }

  /** Takes a member that was in a program all along. */
  adoptMember(member: ProgramMember): void {
    this.members.push(member)
  }

  statusesOf({ channel }: Program): ProgramStatus[] {
    return this.channels.find(({ name }) => name === channel)?.progressionStatuses ?? []
  }

  member(program: Program, leadId: number): ProgramMember | undefined {
    return this.members.find((member) => member.programId === program.id && member.leadId === leadId)
  }

  /** Members only move forward. If one already has the status or a later one, nothing changes, and the result is undefined. */
  setStatus(program: Program, leadId: number, { name, step }: ProgramStatus): 'created' | 'updated' | undefined {
    const member = this.member(program, leadId)
    const updatedAt = new Date(this.now()).toISOString()
    if (!member) {
      this.members.push({
        programId: program.id,
        programName: program.name,
        leadId,
        statusName: name,
        updatedAt,
        fields: {}
      })
      return 'created'
    }
    const former = this.statusesOf(program).find((candidate) => candidate.name === member.statusName)
    if (member.statusName === name || (former && former.step > step)) return undefined
    Object.assign(member, { statusName: name, updatedAt })
    return 'updated'
  }

  /** @returns whether the lead is in the program. Null clears a field */
  setFields(program: Program, leadId: number, values: Record<string, MemberValues[string] | null>): boolean {
    const member = this.member(program, leadId)
    if (!member) return false
    const all = Object.entries({ ...member.fields, ...values }).filter(([, value]) => value !== null)
    member.fields = Object.fromEntries(all) as MemberValues
    member.updatedAt = new Date(this.now()).toISOString()
    return true
  }

  /** New members get its first status. */
  join(program: Program, leadId: number): void {
    const first = this.statusesOf(program).find(({ step }) => step > 0)
    if (first && !this.member(program, leadId)) this.setStatus(program, leadId, first)
  }

  /** @returns whether the lead was in the program */
  remove(program: Program, leadId: number): boolean {
    const before = this.members.length
    this.members = this.members.filter((member) => member.programId !== program.id || member.leadId !== leadId)
    return this.members.length < before
  }

  /** If both leads are in a program, the winner keeps its status. */
  move(from: number, to: number): void {
    const kept = new Set(this.members.filter(({ leadId }) => leadId === to).map(({ programId }) => programId))
    this.members = this.members.filter(({ leadId, programId }) => leadId !== from || !kept.has(programId))
    for (const member of this.members) if (member.leadId === from) member.leadId = to
  }

  forget(leadId: number): void {
    this.members = this.members.filter((member) => member.leadId !== leadId)
  }

  state(): ProgramMember[] {
    return this.members.map((member) => ({ ...member, fields: { ...member.fields } }))
  }
}
