import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** What the run has started once; see global-setup.ts. */
async function shared(what: string): Promise<string> {
  const response = await fetch(`${process.env.STARTED_ONCE}/${what}`)
  const told = await response.text()
  if (!response.ok) throw new Error(told)
  return told
}

/** @returns the URL of this worker's test server, as `npm start` runs it with the sandbox */
export const sharedServer = (): Promise<string> => shared(`server/${process.env.JEST_WORKER_ID}`)

/** @returns the Chromium of the run. Closing it closes only what this file opened */
export const sharedChromium = async (): Promise<Browser> => chromium.connect(await shared('browser'))
