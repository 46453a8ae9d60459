import type { Activity, Visit } from '../../../sandbox/contract'
import { momentOf, VISITORS, type LeadRow } from './lead-rows'

const SHOWN = 200

export function LeadDetail({ row: { id, lead, activities, visits } }: { row: LeadRow }) {
  const title = id === VISITORS ? 'Unknown visitors' : `Lead ${id}`
  return (
    <section className="scroll lead" aria-label={title}>
      <h3>{title}</h3>
      {lead && (
        <dl>
          {identityFirst(Object.entries(lead.fields)).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
          <div>
            <dt>partition</dt>
            <dd>{lead.partition}</dd>
          </div>
          {lead.cookies.map((cookie) => (
            <div key={cookie}>
              <dt>cookie</dt>
              <dd>{cookie}</dd>
            </div>
          ))}
        </dl>
      )}
      <Activities activities={activities} />
      <Visits visits={visits} />
    </section>
  )
}

const IDENTITY = ['email', 'userId', 'anonymousId']

function identityFirst<T>(fields: [string, T][]): [string, T][] {
  const rank = ([name]: [string, T]) => (IDENTITY.includes(name) ? IDENTITY.indexOf(name) : IDENTITY.length)
  return [...fields].sort((a, b) => rank(a) - rank(b))
}

function Activities({ activities }: { activities: Activity[] }) {
  if (!activities.length) return null
  return (
    <>
      <h4>Activities ({activities.length})</h4>
      <table aria-label="Activities">
        <thead>
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">Type</th>
            <th scope="col">Primary</th>
            <th scope="col">Attributes</th>
          </tr>
        </thead>
        <tbody>
          {activities.slice(-SHOWN).map(({ id, activityDate, activityTypeName, primaryAttributeValue, attributes }) => (
            <tr key={id}>
              <td className="faint moment">{momentOf(activityDate)}</td>
              <td>{activityTypeName}</td>
              <td>{primaryAttributeValue}</td>
              <td>{attributes.map(({ apiName, value }) => `${apiName}: ${String(value)}`).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Visits({ visits }: { visits: Visit[] }) {
  if (!visits.length) return null
  return (
    <>
      <h4>Web page visits ({visits.length})</h4>
      <table aria-label="Visits">
        <thead>
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">Page</th>
            <th scope="col">Visitor’s token</th>
            <th scope="col">User agent</th>
          </tr>
        </thead>
        <tbody>
          {visits.slice(-SHOWN).map(({ visitedAt, url, token, userAgent }, index) => (
            <tr key={index}>
              <td className="faint moment">{momentOf(visitedAt)}</td>
              <td>{url}</td>
              <td className="faint">{token}</td>
              <td className="faint">{userAgent}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
