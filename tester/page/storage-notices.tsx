import { useTester, useTesterStore } from './store/tester'
import { takeOver } from './store/keeping'

/** Says if the work is not kept, or if another tab has changed it. Nothing is lost without a word. */
export function StorageNotices() {
  const store = useTesterStore()
  const keeps = useTester((tester) => tester.keeps)
  const isChangedElsewhere = useTester((tester) => tester.isChangedElsewhere)
  return (
    <div role="status" className="notices">
      {!keeps && (
        <p className="notice">
          This browser keeps nothing of this page: its storage is blocked or full. To keep your work, choose Save
          scenario before you close the page.
        </p>
      )}
      {isChangedElsewhere && (
        <p className="notice">
          <span>Another tab has changed the same work. Until you choose, this tab keeps none of its changes.</span>
          <button type="button" onClick={() => void takeOver(store)}>
            Show the other tab’s work
          </button>
          <button type="button" onClick={() => store.setState({ isChangedElsewhere: false })}>
            Keep this tab’s work
          </button>
        </p>
      )}
    </div>
  )
}
