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
import { dayChart } from './charts'
import { measureDay } from './day'
import type { DayRow } from './day'
import { measureFurtherCalls } from './further-calls'
import { measureHeap } from './heap'
import { measureOptionCalls } from './option-calls'
import { measureRehearsal } from './rehearsal'
import { measureRemembered } from './remembered'
import { measureHostileMixes } from './hostile-mixes'
import { MARKETO_LIMITS } from '../sandbox/state/quota'
import { forkSandbox } from './sandbox-process'
import { measureWallTime } from './wall-time'

const DOCS = join(__dirname, '..', 'docs')
const PAGE = join(DOCS, 'performance.md')

async function main(): Promise<void> {
  const sandbox = await forkSandbox()
  try {
    console.log('Measuring bundle sizes …')
    const bundles = await measureBundles(process.env.ACTION_DESTINATIONS)
    console.log('Counting the REST calls of a day …')
    const day = await measureDay(sandbox)
    console.log('Counting REST calls …')
    const calls = await measureCalls(sandbox)
    const furtherCalls = await measureFurtherCalls(sandbox)
    const optionCalls = await measureOptionCalls(sandbox)
    console.log('Measuring added work …')
    const work = await measureAddedWork()
    console.log('Measuring the heap …')
    await sandbox.reset()
    const heap = await measureHeap()
    const remembered = measureRemembered()
    console.log('Measuring wall time …')
    const wallTime = await measureWallTime(sandbox)
    const seconds = await measureBatchSeconds(sandbox)
    console.log('Rehearsing …')
    const rehearsal = await measureRehearsal(sandbox)
    console.log('Measuring hostile mixes …')
    const mixes = await measureHostileMixes()

    const figures: Record<string, string> = {
      machine: `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${
        cpus().length
      } cores (${cpus()[0].model.trim()}).`,
      bundles: bundlesTable(bundles),
      day: dayTable(day),
      calls: table(
        ['action', 'Marketo knows', 'calls', 'floor'],
        calls.map((row) => [row.action, row.state === 'cold' ? 'nobody' : 'everybody', row.calls, row.floor])
      ),
      'further-calls': table(
        ['action', 'Marketo knows', 'calls'],
        furtherCalls.map(({ action, and, knows, calls: count }) => [and ? `${action}, ${and}` : action, knows, count])
      ),
      'option-calls': table(
        ['option', 'events in a batch', 'off', 'on', 'on, the same events again'],
        optionCalls.map(({ option, events, off, on, again }) => [option, events, off, on, again])
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
      rehearsal: table(
        ['Marketo knows', 'reads', 'calls of the run', 'seconds'],
        rehearsal.map(({ knows, reads, calls: ofRun, seconds: taken }) => [knows, reads, ofRun, taken.toFixed(1)])
      ),
      remembered: `${remembered.megabytes.toFixed(0)} MB`,
      'wall-time': `${wallTime.toFixed(1)} seconds: ${Math.round(3_000 / wallTime)} events a second.`
    }
    const { page, missing } = fillIn(readFileSync(PAGE, 'utf8'), figures)
    if (missing.length > 0) throw new Error(`${PAGE} has no place for ${missing.join(', ')}.`)
    writeFileSync(PAGE, page)
    writeFileSync(join(DOCS, 'images', 'calls.svg'), await dayChart(day, MARKETO_LIMITS.callsPerDay))
    console.log(Object.values(figures).join('\n\n'))
  } finally {
    sandbox.stop()
  }
}

function dayTable(rows: DayRow[]): string {
  return table(
    ['events in a batch', 'processes', 'identify', 'track', 'page', 'all'],
    rows.map(({ batchSize, processes, calls: { upsertLead, sendCustomActivity, visitWebPage } }) =>
      [
        batchSize,
        processes,
        upsertLead,
        sendCustomActivity,
        visitWebPage,
        upsertLead + sendCustomActivity + visitWebPage
      ].map((count) => count.toLocaleString('en'))
    )
  )
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
