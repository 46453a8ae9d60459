import type { Marketo } from '../../sandbox/state/marketo'
import type { Asker } from '../wire/asker'

/** What a partition is called here until its name is read. Marketo's first partition is the default one. */
const placeholderOf = (id: unknown): string => `partition ${String(id)}`
const DEFAULT = placeholderOf(1)

/** The lead partitions of the instance. A lead has only their IDs, so their names are read once a call names one. */
export class Partitions {
  private readonly names = new Map<string, string>()
  private isRead = false

  constructor(private readonly marketo: Marketo) {
    marketo.partitions = [DEFAULT]
  }

  /** @returns the name, as far as it is known, of the partition with an ID */
  nameOf(id: unknown): string {
    const name = this.names.get(placeholderOf(id)) ?? placeholderOf(id)
    if (!this.marketo.partitions.includes(name)) this.marketo.partitions = [...this.marketo.partitions, name]
    return name
  }

  /** Reads the names of all partitions, unless they are known. */
  async know(ask: Asker): Promise<void> {
    const rows = await ask.setup('/rest/v1/leads/partitions.json')
    if (this.isRead) return
    this.isRead = true
    const [first] = rows
    for (const { id, name } of rows) this.names.set(placeholderOf(id), String(name))
    if (first && !this.names.has(DEFAULT)) this.names.set(DEFAULT, String(first.name))
    const known = (name: string) => this.names.get(name) ?? name
    this.marketo.partitions = [...new Set([...this.marketo.partitions.map(known), ...this.names.values()])]
    for (const lead of this.marketo.leads.all()) lead.partition = known(lead.partition)
  }
}
