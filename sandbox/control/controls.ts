import type { Endpoint, Limits, State } from '../contract'
import type { Deed, Troubles } from '../rest/troubles'
import type { Marketo, Seed } from '../state/marketo'
import { checkedFault } from './fault-rules'

/** Everything that controls an instance, for the routes below `/sandbox` and for tests in the same process. */
export class Controls {
  constructor(private readonly marketo: Marketo, private readonly troubles: Troubles) {}

  /** A copy, which later events do not change. */
  state(): State {
    return { ...this.marketo.state(), faults: this.troubles.faults.list() }
  }

  /** Resets to the starting data, or to the given leads. Access tokens stay valid. */
  reset(seed?: Seed): void {
    this.troubles.clear()
    this.marketo.reset(seed)
  }

  /** Restores leads, activities and visits, but no faults. */
  undoReset(): void {
    this.marketo.undoReset()
  }

  addFaults(...faults: unknown[]): void {
    this.troubles.faults.add(...faults.map(checkedFault))
  }

  clearFaults(): void {
    this.troubles.faults.clear()
  }

  /** Changes the instance right before the next call of an endpoint, as another user would. */
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

  /** From now on, calls with any access token issued so far answer 602. */
  expireTokens(): void {
    this.marketo.tokens.expire()
  }
}
