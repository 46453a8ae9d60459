import type { ExecuteInput } from '@segment/actions-core'

type StatsContext = NonNullable<ExecuteInput<unknown, unknown>['statsContext']>

type Tags = Readonly<Record<string, string>>

/** A number that is added to a metric. Its tags are in addition to the platform's own. */
export type Count = readonly [name: string, value: number, tags?: Tags]

/** Counts and times for who is on call, as docs/operations.md explains them. Without the platform's client, nothing is kept. */
export class Metrics {
  /** @param stats the framework's test client passes an empty one */
  constructor(private readonly stats: Partial<StatsContext> = {}) {}

  count(...[name, value, tags = {}]: Count): void {
    if (value > 0) this.send('incr', name, value, tags)
  }

  time(name: string, milliseconds: number, tags: Tags): void {
    this.send('histogram', name, milliseconds, tags)
  }

  private send(how: 'incr' | 'histogram', name: string, value: number, tags: Tags): void {
    const { statsClient, tags: ofPlatform = [] } = this.stats
    if (!statsClient) return
    const own = Object.entries(tags).map(([tag, text]) => `${tag}:${text.toLowerCase().replace(/\W+/g, '_')}`)
    statsClient[how](`marketo_v2.${name}`, value, [...ofPlatform, ...own])
  }
}
