import type { Marketo } from '../../state/marketo'

/** Get Daily Usage */
export function getUsage({ quota, now }: Marketo) {
  const { total } = quota.usage
  const date = new Date(now()).toISOString().slice(0, 10)
  return { result: [{ date, total, users: [{ userId: 'api-user@example.com', count: total }] }] }
}
