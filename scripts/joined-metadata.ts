import type { DestinationDefinition } from '@segment/actions-core'
import destination from '../src'
import { CLOUD, isRegistered, webTarget } from './export-to'
import { metadataTextOf } from './metadata'
import { webPackages } from './web-packages'

/**
 * The cloud destination's metadata.json in a checkout. Once the cookie plugin is registered there under the same ID, the
 * actions CLI counts the plugin's actions among the cloud's, and the checkout's CI wants them in the file.
 * @returns undefined if src/metadata.json itself is right
 */
export function joinedMetadata(checkout: string): string | undefined {
  const plugin = webPackages.find(({ joinsCloud }) => joinsCloud)
  if (!plugin || !isRegistered(checkout, CLOUD)) return undefined
  if (!isRegistered(checkout, webTarget(plugin.name, plugin.packageName))) return undefined
  const actions = { ...destination.actions, ...plugin.definition.actions } as DestinationDefinition['actions']
  return metadataTextOf({ ...destination, actions } as DestinationDefinition)
}
