import type { Keys, LeadKey } from './identity'
import type { Lead } from './lead'
import { hasKeys, valuesOf } from './picture'
import type { Picture } from './picture'

/**
 * Gives a lead these keys, if the changes so far can still be written in any order: each new lead needs a key with
 * which Sync Leads can create it without changing another lead.
 * @returns false if the earlier changes must be written first
 */
export function assignKeys(picture: Picture, lead: Lead, keys: Keys): boolean {
  if (lead.id !== undefined && hasKeys(lead, keys)) {
    picture.update(lead, keys)
    return true
  }
  const next = { ...lead.keys, ...keys }
  const taken = new Set(valuesOf(next))
  const others = picture.createdBy(taken, lead)
  const otherKeys = others.map((other) => picture.creationKey(other, other.keys, taken))
  const ownKey = lead.id === undefined ? picture.creationKey(lead, next) : undefined
  if (lead.id === undefined && ownKey === undefined) return false
  if (!otherKeys.every((key): key is LeadKey => key !== undefined)) return false
  picture.update(lead, next)
  others.forEach((other, i) => picture.setCreationKey(other, otherKeys[i]))
  if (ownKey) picture.setCreationKey(lead, ownKey)
  return true
}
