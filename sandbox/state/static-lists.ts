import { ApiError } from './errors'
import type { FolderId } from './folders'
import type { ListChange, ListState } from './shapes'

export interface StaticList {
  id: number
  name: string
  description?: string
  folder: FolderId
  createdAt: number
  updatedAt: number
}

interface NewList {
  name: string
  description?: string
  folder: FolderId
}

/** The static lists of an instance, and who is on them. */
export class StaticLists {
  private readonly lists = new Map<number, StaticList>()
  /** When each lead was added, by list, then by lead. */
  private readonly members = new Map<number, Map<number, number>>()
  readonly changes: ListChange[] = []

  constructor(private readonly now: () => number) {}

  all(): StaticList[] {
    return [...this.lists.values()]
  }

  get(id: number): StaticList {
    const list = this.lists.get(id)
    if (!list) throw new ApiError('1013')
    return list
  }

  /** Names are unique in an instance. */
  create({ name, description, folder }: NewList): StaticList {
    if (this.all().some((list) => list.name === name)) {
      throw new ApiError('709', `a static list called '${name}' already exists`)
    }
    const now = this.now()
    const list = {
      id: 1001 + this.lists.size,
      name,
      ...(description !== undefined && { description }),
      folder,
      createdAt: now,
      updatedAt: now
    }
    this.lists.set(list.id, list)
    this.members.set(list.id, new Map())
    return list
  }

  /** Takes a list as another Marketo has it. */
  adopt(list: StaticList): void {
    this.lists.set(list.id, list)
    this.members.set(list.id, new Map())
  }

  /** Puts a lead on a list where it was all along. This is not a change. */
  adoptMember(listId: number, leadId: number): void {
    this.members.get(this.get(listId).id)?.set(leadId, this.now())
  }

  membersOf(listId: number): ReadonlyMap<number, number> {
    return this.members.get(this.get(listId).id) ?? new Map()
  }

  /** Adding a lead twice is fine. */
  add(listId: number, leadId: number): void {
    const members = this.members.get(this.get(listId).id)
    if (!members || members.has(leadId)) return
    members.set(leadId, this.now())
    this.note(listId, leadId, true)
  }

  /** @returns whether the lead was on the list */
  remove(listId: number, leadId: number): boolean {
    const wasMember = this.members.get(this.get(listId).id)?.delete(leadId) ?? false
    if (wasMember) this.note(listId, leadId, false)
    return wasMember
  }

  private note(listId: number, leadId: number, isAdded: boolean): void {
    const at = new Date(this.now()).toISOString()
    this.changes.push({ listId, listName: this.get(listId).name, leadId, isAdded, at })
  }

  /** Takes a deleted lead off all lists. */
  forget(leadId: number): void {
    for (const members of this.members.values()) members.delete(leadId)
  }

  state(): ListState[] {
    return this.all().map(({ id, name, description, folder }) => ({
      id,
      name,
      ...(description !== undefined && { description }),
      folder,
      leadIds: [...this.membersOf(id).keys()]
    }))
  }

  /** Also puts one lead on another's lists. */
  move(from: number, to: number): void {
    for (const members of this.members.values()) {
      const since = members.get(from)
      members.delete(from)
      if (since !== undefined && !members.has(to)) members.set(to, since)
    }
    for (const change of this.changes) if (change.leadId === from) change.leadId = to
  }
}
