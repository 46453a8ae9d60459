import type { Endpoint } from '../contract'
import type { Marketo } from '../state/marketo'
import { Faults } from './faults'

/** A change that another user makes to the instance. */
export type Deed = (marketo: Marketo) => void

/** The troubles that are set up for later calls. */
export class Troubles {
  readonly faults = new Faults()
  private intrusions: { endpoint: Endpoint; deed: Deed }[] = []

  /** Adds a change to the instance right before the next call of an endpoint. Each happens once, in order. */
  intrude(endpoint: Endpoint, deed: Deed): void {
    this.intrusions.push({ endpoint, deed })
  }

  beforeCall(endpoint: Endpoint, marketo: Marketo): void {
    const next = this.intrusions.find((intrusion) => intrusion.endpoint === endpoint)
    this.intrusions = this.intrusions.filter((intrusion) => intrusion !== next)
    next?.deed(marketo)
  }

  clear(): void {
    this.faults.clear()
    this.intrusions = []
  }
}
