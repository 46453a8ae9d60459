import { useContext } from 'react'
import { directiveFor } from '../../../migration/directive'
import type { Value } from '../shared/manifest'
import { doubtOf, Paths } from './paths'

interface Props {
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}

/** A question if a field's value may be a mistake for this event. */
export function Warning({ value, onChange }: Props) {
  const doubt = doubtOf(value, useContext(Paths))
  if (!doubt) return null
  const { words, meant } = doubt
  return (
    <p className="doubt">
      {words}{' '}
      {meant !== undefined && (
        <>
          Did you mean{' '}
          <button type="button" className="link" onClick={() => onChange(directiveFor(meant))}>{`${meant}?`}</button>
        </>
      )}
    </p>
  )
}
