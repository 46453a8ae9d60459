import { Portal } from '@headlessui/react'
import { useRef, useState } from 'react'
import { CostPanel } from './cost/cost-panel'
import { EventsView } from './events/events-view'
import { useEvents } from './events/use-events'
import { ImportDialog } from './import/import-dialog'
import { useDrop } from './import/use-drop'
import { MappingsView } from './mappings/mappings-view'
import { MarketoView } from './marketo/marketo-view'
import { useSandbox } from './marketo/use-sandbox'
import { usePayload } from './payload/use-payload'
import { AskFirst } from './rehearsal/ask-first'
import { RunBar } from './run/run-bar'
import { RunsView } from './run/runs-view'
import { SettingsView } from './settings/settings-view'
import { useChosenMapping, useSettings, useTester, type View as ViewName } from './store/tester'
import { StorageNotices } from './storage-notices'
import { TopBar } from './top-bar'
import { View } from './view'

/** The page: what belongs to the whole work at the top, and below it one view at a time. */
export function Workbench() {
  const settings = useSettings()
  const entry = useChosenMapping()
  const view = useTester((tester) => tester.view)
  const sandbox = useSandbox()
  const { event } = useEvents()
  const live = usePayload(entry, event, settings)
  const popups = useRef<HTMLDivElement>(null)
  const [dropped, setDropped] = useState<Dropped>()
  useDrop(setDropped)
  const { marketo } = live
  const views: Record<ViewName, React.ReactNode> = {
    Events: <EventsView onImport={() => setDropped({})} />,
    Mappings: <MappingsView live={live} onAsked={sandbox.refresh} />,
    Run: <RunsView onEnd={sandbox.refresh} />,
    Marketo: <MarketoView marketo={marketo} sandbox={sandbox} />,
    Cost: <CostPanel marketo={marketo} limits={sandbox.state?.limits} />,
    Settings: <SettingsView marketo={marketo} onAsked={sandbox.refresh} />
  }
  return (
    <>
      <TopBar marketo={marketo} />
      <StorageNotices />
      <main>
        {/* Open lists are part of the main content, but have no place in its layout: nothing moves for them. */}
        <Portal.Group target={popups}>
          <RunBar marketo={marketo} onEnd={sandbox.refresh} />
          {Object.entries(views).map(([name, drawn]) => (
            <View key={name} name={name} isShown={name === view}>
              {drawn}
            </View>
          ))}
        </Portal.Group>
        {/* Headless UI removes an empty target from the page. */}
        <div ref={popups} className="popups">
          <span hidden />
        </div>
      </main>
      <AskFirst onEnd={sandbox.refresh} />
      {dropped && <ImportDialog file={dropped.file} close={() => setDropped(undefined)} />}
    </>
  )
}

interface Dropped {
  /** Absent if the dialog was opened without a file. */
  file?: File
}
