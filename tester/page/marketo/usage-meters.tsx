import type { Limits, Usage } from '../../../sandbox/contract'

/** API calls against the limits of the instance. */
export function UsageMeters({ usage, limits }: { usage: Usage; limits: Limits }) {
  const { total, byEndpoint, uncounted } = usage
  const calls = Object.entries(byEndpoint)
    .map(([endpoint, count]) => `${endpoint} ${count}`)
    .join(' · ')
  return (
    <section aria-label="Usage">
      <label className="meter">
        <span>
          API calls used <b>{total.toLocaleString('en')}</b>{' '}
          <span className="faint">of {limits.callsPerDay.toLocaleString('en')} a day</span>
        </span>
        <meter min={0} max={Math.max(limits.callsPerDay, 1)} value={total} />
      </label>
      <p className="about">
        {calls && <>{calls} · </>}
        not counted: token {uncounted.identity}, visits {uncounted.munchkin}
      </p>
    </section>
  )
}
