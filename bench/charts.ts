import type { TopLevelSpec } from 'vega-lite'
import type { DayRow } from './day'

/** REST calls a day, by action, compared to the daily quota. */
export function dayChart(rows: DayRow[], quota: number): Promise<string> {
  const values = rows.flatMap(({ processes, batchSize, calls }) =>
    Object.entries(calls).map(([action, count]) => ({
      setup: `${batchSize} events a batch, ${processes} ${processes === 1 ? 'process' : 'processes'}`,
      action,
      calls: count
    }))
  )
  return svg({
    title: `REST calls a day, of a quota of ${quota.toLocaleString('en')}`,
    data: { values },
    mark: { type: 'bar' },
    width: 480,
    encoding: {
      y: { field: 'setup', type: 'nominal', sort: null, title: null },
      x: { field: 'calls', type: 'quantitative', scale: { domain: [0, quota] } },
      color: { field: 'action', sort: null, title: null, scale: { range: ['#5c4ee5', '#c8553d', '#b9b4e8'] } }
    }
  })
}

async function svg(spec: Omit<Extract<TopLevelSpec, { mark: unknown }>, '$schema'>): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  const { spec: compiled } = vegaLite.compile({ ...spec, background: 'white', padding: 12 })
  return new vega.View(vega.parse(compiled), { renderer: 'none' }).toSVG()
}
