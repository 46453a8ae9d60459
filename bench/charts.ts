import type { TopLevelSpec } from 'vega-lite'
import type { CallsRow } from './calls'
import type { WallTime } from './wall-time'

/** REST calls per 1,000 events, on a logarithmic scale: the naive destination needs hundreds of times as many. */
export function callsChart(rows: CallsRow[]): Promise<string> {
  const values = rows.flatMap(({ action, state, calls, floor, naive }) => [
    { kind: `${action}, ${state}`, who: 'this destination', calls },
    { kind: `${action}, ${state}`, who: 'floor', calls: floor },
    { kind: `${action}, ${state}`, who: 'one event at a time', calls: naive }
  ])
  return svg({
    title: 'REST calls per 1,000 events',
    data: { values },
    mark: { type: 'bar' },
    width: 480,
    encoding: {
      y: { field: 'kind', type: 'nominal', sort: null, title: null },
      yOffset: { field: 'who', sort: null },
      x: { field: 'calls', type: 'quantitative', scale: { type: 'log' }, title: 'calls (logarithmic)' },
      color: { field: 'who', sort: null, title: null, scale: { range: ['#5c4ee5', '#b9b4e8', '#c8553d'] } }
    }
  })
}

export function wallTimeChart({ batchesSeconds, naiveSeconds }: WallTime): Promise<string> {
  return svg({
    title: '3,000 Identify events, 50 ms a call',
    data: {
      values: [
        { who: 'this destination', seconds: batchesSeconds },
        { who: 'one event at a time, ten at once', seconds: naiveSeconds }
      ]
    },
    mark: { type: 'bar' },
    width: 480,
    encoding: {
      y: { field: 'who', type: 'nominal', sort: null, title: null },
      x: { field: 'seconds', type: 'quantitative' },
      color: { field: 'who', sort: null, legend: null, scale: { range: ['#5c4ee5', '#c8553d'] } }
    }
  })
}

async function svg(spec: Omit<Extract<TopLevelSpec, { mark: unknown }>, '$schema'>): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  const { spec: compiled } = vegaLite.compile({ ...spec, background: 'white', padding: 12 })
  return new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG()
}
