import { ApiError } from './errors'
import { PERMISSIONS, type Permission } from './permission-names'

/** What the API user of an instance may do: everything, until something is revoked. */
export class Permissions {
  private readonly granted = new Set<Permission>(PERMISSIONS)

  all(): Permission[] {
    return [...this.granted]
  }

  revoke(names: readonly string[]): void {
    for (const name of names) {
      if (!this.granted.delete(name as Permission)) throw new TypeError(`there is no permission ${name} to revoke`)
    }
  }

  /** @param needed any one of them is enough; if empty, every user may */
  check(needed: readonly Permission[]): void {
    if (needed.length > 0 && !needed.some((name) => this.granted.has(name))) throw new ApiError('603')
  }
}
