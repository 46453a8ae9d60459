import destination from '../src'
import { eventsFor, sendInBatches } from './events'

export interface HeapGrowth {
  events: number
  megabytes: number
}

/** How much the heap grew after this many events in batches of 300 and a garbage collection. */
export async function measureHeap(): Promise<HeapGrowth[]> {
  const rows: HeapGrowth[] = []
  await send(3_000)
  for (const events of [10_000, 100_000]) {
    const before = usedHeap()
    await send(events)
    rows.push({ events, megabytes: (usedHeap() - before) / 2 ** 20 })
  }
  return rows
}

async function send(count: number): Promise<void> {
  const events = eventsFor('upsertLead', 300)
  for (let sent = 0; sent < count; sent += 300) await sendInBatches(destination, 'upsertLead', events)
}

export function usedHeap(): number {
  if (!global.gc) throw new Error('Run with --expose-gc, as `npm run bench` does.')
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed
}
