import type { TesterStore } from '../store/tester'
import type { Found } from './recognize'
import { withFound } from './with-found'

/**
 * Takes what was found into the work, and shows it.
 * @param name where it comes from
 */
export function importInto(store: TesterStore, found: Found, name: string): void {
  const { edit, choose, show } = store.getState()
  edit(`import ${crypto.randomUUID()}`, (work) => withFound(work, found, name))
  // A file can have thousands of events. The mapping that is shown is judged by the first one that it takes.
  if (found.kind === 'events') choose({ event: 0, mapping: store.getState().chosen.mapping })
  if ('mappings' in found) choose({ mapping: found.mappings[0]?.id })
  show({ view: 'mappings' in found ? 'Mappings' : 'Events' })
}
