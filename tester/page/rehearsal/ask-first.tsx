import { Dialog, DialogPanel, DialogTitle } from '@headlessui/react'
import { goOn, rehearsalOf } from '../run/running'
import { plural } from '../run/words'
import { useTester, useTesterStore } from '../store/tester'

/** Asks before a run writes to a real Marketo what nobody has rehearsed. */
export function AskFirst({ onEnd }: { onEnd: () => void }) {
  const store = useTesterStore()
  const asked = useTester((tester) => tester.asked)
  if (!asked) return null
  const close = () => store.setState({ asked: undefined })
  const begin = (run: typeof asked) => {
    close()
    void goOn(store, run).then(onEnd)
  }
  return (
    <Dialog open onClose={close} className="dialog">
      <DialogPanel className="dialog-panel ask">
        <DialogTitle>Run without a rehearsal?</DialogTitle>
        <p>
          This run writes to your real Marketo, and you can’t undo it. You haven’t rehearsed{' '}
          {asked.events.length === 1 ? 'this event' : `these ${plural(asked.events.length, 'event')}`} with these
          mappings and settings. A rehearsal shows every change first, and writes nothing.
        </p>
        <div className="row end">
          <button type="button" className="quiet" onClick={close}>
            Cancel
          </button>
          <button type="button" onClick={() => begin(asked)}>
            Run anyway
          </button>
          <button type="button" className="primary" autoFocus onClick={() => begin(rehearsalOf(asked))}>
            Rehearse first
          </button>
        </div>
      </DialogPanel>
    </Dialog>
  )
}
