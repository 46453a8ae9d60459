import type { Endpoint, Limits, State } from '../contract'
import type { Deed, Troubles } from '../rest/troubles'
import type { Marketo, Seed } from '../state/marketo'
import { checkedFault } from './fault-rules'

/** All that steers an instance: from the routes below `/sandbox`, and from a test in the same process. */
export class Controls {
  constructor(private readonly marketo: Marketo, private readonly troubles: Troubles) {}

  /** A copy: what happens later does not show in it. */
  state(): State {
    return { ...this.marketo.state(), faults: this.troubles.faults.list() }
  }

  /** Back to the starting data, or to just the leads given; access tokens stay valid. */
  reset(seed?: Seed): void {
    this.troubles.clear()
    this.marketo.reset(seed)
  }

  /** Leads, activities and visits are there again. Faults are not. */
  undoReset(): void {
    this.marketo.undoReset()
  }

  addFaults(...faults: unknown[]): void {
    this.troubles.faults.add(...faults.map(checkedFault))
  }

  clearFaults(): void {
    this.troubles.faults.clear()
  }

  /** Lets somebody else change the instance right before the next call of an endpoint. */
  intrude(endpoint: Endpoint, deed: Deed): void {
    this.troubles.intrude(endpoint, deed)
  }

  setLimits(limits: Partial<Limits>): void {
    this.marketo.setLimits(limits)
  }

  removeFields(names: string[]): void {
    this.marketo.removeFields(names)
  }

  /** Takes permissions from the API user's role: calls that need them answer 603 from now on. */
  revoke(permissions: readonly string[]): void {
    this.marketo.permissions.revoke(permissions)
  }

  /** Every access token handed out so far answers 602 from now on. */
  expireTokens(): void {
    this.marketo.tokens.expire()
  }
}
