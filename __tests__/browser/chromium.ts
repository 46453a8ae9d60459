import { accessSync, constants, existsSync } from 'fs'
import { delimiter, join } from 'path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

const onPath = (names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file) && isExecutable(file))

/** The Chromium of this machine, if it has one. */
const CHROMIUM = onPath(NAMES)
/** Without a window to draw, it takes half of the time. It has no back/forward cache. */
const HEADLESS_SHELL = onPath(['chromium-headless-shell']) ?? CHROMIUM

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `describe`, where there is a Chromium; else a notice in its place. */
export function describeInBrowser(name: string, tests: () => void): void {
  // A browser on a busy machine may be late for once; what is broken fails each time.
  jest.retryTimes(2, { logErrorsBeforeRetry: true })
  if (CHROMIUM) return describe(name, tests)
  process.stderr.write('No Chromium on the PATH (Debian: apt-get install chromium): the browser tests are skipped.\n')
  describe.skip(name, tests)
}

/** @param ignoreDefaultArgs flags of playwright's to start the browser without: those that only a whole Chromium heeds */
export const launchChromium = (ignoreDefaultArgs: string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: ignoreDefaultArgs.length > 0 ? CHROMIUM : HEADLESS_SHELL,
    args: FLAGS.split(' '),
    ignoreDefaultArgs
  })
