import { timeOf, VISITORS, type LeadRow } from './lead-rows'

interface Props {
  rows: LeadRow[]
  chosen?: number
  touched: number[]
  onChoose: (id: number) => void
}

export function LeadTable({ rows, chosen, touched, onChoose }: Props) {
  return (
    <div className="scroll leads">
      <table aria-label="Leads" className="fixed">
        <thead>
          <tr>
            <th scope="col" className="id">
              ID
            </th>
            <th scope="col" className="email">
              Email
            </th>
            <th scope="col">User ID</th>
            <th scope="col">Anonymous ID</th>
            <th scope="col">Name</th>
            <th scope="col" className="number">
              Activities
            </th>
            <th scope="col" className="number">
              Visits
            </th>
            <th scope="col" className="time">
              Updated
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              aria-selected={row.id === chosen}
              data-touched={touched.includes(row.id) || undefined}
              onClick={() => onChoose(row.id)}
            >
              <td>
                <button
                  type="button"
                  className="link"
                  aria-pressed={row.id === chosen}
                  onClick={() => onChoose(row.id)}
                >
                  {row.id === VISITORS ? 'Unknown visitors' : row.id}
                </button>
              </td>
              <td>{row.lead?.fields.email}</td>
              <td>{row.lead?.fields.userId}</td>
              <td>{row.lead?.fields.anonymousId}</td>
              <td>{nameOf(row)}</td>
              <td className="number">{row.activities.length || ''}</td>
              <td className="number">{row.visits.length || ''}</td>
              <td className="faint">{row.lead && timeOf(row.lead.updatedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const nameOf = ({ lead }: LeadRow) =>
  [lead?.fields.firstName, lead?.fields.lastName].filter((part) => part !== undefined).join(' ')
