import type { Limits, Usage } from '../../../sandbox/contract'

/** API calls against the limits of the instance. */
export function UsageMeters({ usage, limits }: { usage: Usage; limits: Limits }) {
  const { total, byEndpoint, uncounted } = usage
  const calls = Object.entries(byEndpoint)
    .map(([endpoint, count]) => `${endpoint} ${count}`)
    .join(' · ')
  return (
    <section aria-label="Usage">
      <h3>Usage</h3>
      <label className="meter">
        <span>
          API calls of the day <b>{total.toLocaleString('en')}</b>{' '}
          <span className="faint">of {limits.callsPerDay.toLocaleString('en')}</span>
        </span>
        <meter min={0} max={Math.max(limits.callsPerDay, 1)} value={total} />
      </label>
      <p className="about">
        {calls && <>{calls}. </>}
        Not counted: {uncounted.identity} token, {uncounted.munchkin} visits. Limits: {limits.callsPerWindow} calls in{' '}
        {limits.windowMs / 1000} s, {limits.concurrentCalls} at once, {limits.recordsPerCall} records a call.
      </p>
    </section>
  )
}
