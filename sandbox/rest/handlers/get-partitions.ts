import { PARTITIONS } from '../../state/marketo'

/** Get Lead Partitions */
export function getPartitions() {
  return { result: PARTITIONS.map((name, i) => ({ id: i + 1, name, description: `Partition ${name}` })) }
}
