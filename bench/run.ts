/** `npm run bench` measures, and writes the figures of docs/performance.md and its charts. */
import { readFileSync, writeFileSync } from 'fs'
import { cpus } from 'os'
import { join } from 'path'
import { groupBy } from '../src/leads/group-by'
import { runCommand } from '../scripts/invocation'
import { fillIn, table } from '../scripts/markdown'
import { measureAddedWork } from './added-work'
import { measureBatchSeconds } from './batch-seconds'
import { measureBundles } from './bundle-sizes'
import type { BundleSize } from './bundle-sizes'
import { measureCalls } from './calls'
import { callsChart, wallTimeChart } from './charts'
import { measureFurtherCalls } from './further-calls'
import { measureHeap } from './heap'
import { measureHostileMixes } from './hostile-mixes'
import { forkSandbox } from './sandbox-process'
import { measureWallTime } from './wall-time'

const DOCS = join(__dirname, '..', 'docs')
const PAGE = join(DOCS, 'performance.md')

async function main(): Promise<void> {
  const sandbox = await forkSandbox()
  try {
    console.log('Weighing bundles …')
    const bundles = await measureBundles(process.env.ACTION_DESTINATIONS)
    console.log('Counting REST calls …')
    const calls = await measureCalls(sandbox)
    const furtherCalls = await measureFurtherCalls(sandbox)
    console.log('Measuring added work …')
    const work = await measureAddedWork()
    console.log('Measuring the heap …')
    await sandbox.reset()
    const heap = await measureHeap()
    console.log('Measuring wall time …')
    const wallTime = await measureWallTime(sandbox)
    const seconds = await measureBatchSeconds(sandbox)
    console.log('Measuring hostile mixes …')
    const mixes = await measureHostileMixes()

    const figures: Record<string, string> = {
      machine: `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${
        cpus().length
      } cores (${cpus()[0].model.trim()}).`,
      bundles: bundlesTable(bundles),
      calls: table(
        ['action', 'Marketo knows', 'calls', 'floor', 'one event at a time', 'times fewer'],
        calls.map((row) => [
          row.action,
          row.state === 'cold' ? 'nobody' : 'everybody',
          row.calls,
          row.floor,
          row.naive,
          Math.round(row.naive / row.calls)
        ])
      ),
      'further-calls': table(
        ['action', 'Marketo knows', 'calls'],
        furtherCalls.map(({ action, knows, calls: count }) => [action, knows, count])
      ),
      work: table(
        ['action', 'events in a batch', 'framework, µs an event', 'added, µs an event', 'ratio'],
        work.map(({ action, batchSize, frameworkMicroseconds, addedMicroseconds }) => [
          action,
          batchSize.toLocaleString('en'),
          frameworkMicroseconds.toFixed(1),
          addedMicroseconds.toFixed(1),
          (addedMicroseconds / frameworkMicroseconds).toFixed(2)
        ])
      ),
      heap: table(
        ['events, in batches of 300', 'heap growth, MB'],
        heap.map(({ events, megabytes }) => [events.toLocaleString('en'), megabytes.toFixed(1)])
      ),
      seconds: table(
        [
          '300 events',
          'Marketo knows',
          ...new Set(seconds.map(({ latencyMs }) => `seconds, at ${latencyMs} ms a call`))
        ],
        [...groupBy(seconds, ({ action, state }) => `${action} ${state}`).values()].map((rows) => [
          rows[0].action,
          rows[0].state === 'new' ? 'nobody' : 'everybody',
          ...rows.map((row) => row.seconds.toFixed(1))
        ])
      ),
      mixes: table(
        ['µs an event', ...new Set(mixes.map(({ events }) => `${events.toLocaleString('en')} events`))],
        [...groupBy(mixes, ({ mix }) => mix).values()].map((rows) => [
          rows[0].mix,
          ...rows.map(({ microseconds }) => microseconds.toFixed(1))
        ])
      ),
      'wall-time': table(
        ['destination', 'seconds', 'events a second'],
        [
          ['this one, a batch after the other', wallTime.batchesSeconds],
          ['one event at a time, ten at once', wallTime.naiveSeconds]
        ].map(([who, seconds]) => [who, Number(seconds).toFixed(1), Math.round(3_000 / Number(seconds))])
      )
    }
    const { page, missing } = fillIn(readFileSync(PAGE, 'utf8'), figures)
    if (missing.length > 0) throw new Error(`${PAGE} has no place for ${missing.join(', ')}.`)
    writeFileSync(PAGE, page)
    writeFileSync(join(DOCS, 'images', 'calls.svg'), await callsChart(calls))
    writeFileSync(join(DOCS, 'images', 'wall-time.svg'), await wallTimeChart(wallTime))
    console.log(Object.values(figures).join('\n\n'))
  } finally {
    sandbox.stop()
  }
}

function bundlesTable(bundles: BundleSize[]): string {
  return table(
    ['bundle', 'bytes', 'bytes, gzip', 'added, gzip'],
    bundles.map(({ name, bytes, gzipBytes, addedBytes }) => [
      name,
      bytes.toLocaleString('en'),
      gzipBytes.toLocaleString('en'),
      addedBytes?.toLocaleString('en') ?? ''
    ])
  )
}

const usage = `Usage: npm run bench

Measures, and writes the figures of docs/performance.md and its charts. Takes minutes.`

runCommand({ usage }, main)
