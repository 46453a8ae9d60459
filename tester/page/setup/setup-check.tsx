import { useState } from 'react'
import { subscriptionOf } from '../mappings/subscription'
import { useSettings, useWork } from '../store/tester'
import { checkSetup, type Finding } from './server'

/** Compares all mappings with what is set up in Marketo, by reads only. */
export function SetupCheck() {
  const settings = useSettings()
  const { mappings } = useWork()
  const [findings, setFindings] = useState<Finding[]>()
  const [words, setWords] = useState('')
  const check = async () => {
    setWords('Reading from Marketo…')
    setFindings(undefined)
    try {
      const all = await checkSetup(settings, mappings.map(subscriptionOf))
      const faults = all.filter(({ level }) => level === 'fault').length
      setFindings(all)
      setWords(faults === 0 ? 'No faults found.' : `Faults found: ${faults}.`)
    } catch (error) {
      setWords((error as Error).message)
    }
  }
  return (
    <section aria-label="Check of the set-up">
      <div className="row">
        <button type="button" disabled={mappings.length === 0} onClick={() => void check()}>
          Check set-up
        </button>
        <p role="status" className="faint">
          {words}
        </p>
      </div>
      {findings && (
        <ul aria-label="Findings">
          {findings.map(({ level, mapping, message }, i) => (
            <li key={i} className={level === 'fault' ? 'problem' : undefined}>
              {mapping !== undefined && <b>{mapping}: </b>}
              {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
