import type { Marketo } from '../../state/marketo'

/** Get Lead Partitions */
export const getPartitions = ({ partitions }: Marketo) => ({
  result: partitions.map((name, i) => ({ id: i + 1, name, description: `Partition ${name}` }))
})
