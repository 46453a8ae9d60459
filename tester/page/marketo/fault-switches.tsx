import { useState } from 'react'
import type { Fault } from '../../../sandbox/contract'
import { isOn, SWITCHES, switched } from './faults'
import type { SandboxView } from './use-sandbox'

/** Switches for faults, to see how these are reported. */
export function FaultSwitches({ faults, steer }: { faults: Fault[]; steer: SandboxView['steer'] }) {
  // A switch moves at once, before the sandbox answers.
  const [wanted, setWanted] = useState<Fault[]>()
  const shown = wanted ?? faults
  const set = async (next: Fault[]) => {
    setWanted(next)
    await steer('DELETE', 'faults')
    if (next.length) await steer('POST', 'faults', next)
    setWanted(undefined)
  }
  return (
    <section aria-label="Faults">
      <h3>Faults</h3>
      <div className="switches">
        {SWITCHES.map((one) => (
          <label key={one.name} className="switch">
            <input
              type="checkbox"
              role="switch"
              checked={isOn(one, shown)}
              onChange={() => void set(switched(one, shown))}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
      <div className="row">
        <button type="button" onClick={() => void steer('POST', 'expire-tokens')}>
          Expire token
        </button>
        <FieldRemoval steer={steer} />
      </div>
    </section>
  )
}

function FieldRemoval({ steer }: { steer: SandboxView['steer'] }) {
  const [name, setName] = useState('userId')
  const [removed, setRemoved] = useState('')
  const remove = async () => {
    await steer('POST', 'fields', { remove: [name] })
    setRemoved(name)
  }
  return (
    <form
      className="row"
      onSubmit={(submit) => {
        submit.preventDefault()
        void remove()
      }}
    >
      <label className="inline">
        Field
        <input type="text" size={9} value={name} onChange={({ target }) => setName(target.value.trim())} />
      </label>
      <button type="submit" disabled={!name}>
        Remove
      </button>
      <small role="status">{removed && `${removed} is missing until you reset.`}</small>
    </form>
  )
}
