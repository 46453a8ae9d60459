import { accessSync, constants, existsSync } from 'fs'
import { delimiter, join } from 'path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserServer } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

const onPath = (names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file) && isExecutable(file))

/** The Chromium on this machine, if there is one. */
const CHROMIUM = onPath(NAMES)
/** The headless shell draws no window and takes half the time. It has no back/forward cache. */
const HEADLESS_SHELL = onPath(['chromium-headless-shell']) ?? CHROMIUM

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs `describe` if Chromium is installed. If not, skips the tests and says so. */
export function describeInBrowser(name: string, tests: () => void): void {
  // One more try on a busy machine. It is not silent: the log shows the errors of the first one.
  jest.retryTimes(1, { logErrorsBeforeRetry: true })
  if (CHROMIUM) return describe(name, tests)
  process.stderr.write('No Chromium on the PATH (Debian: apt-get install chromium): the browser tests are skipped.\n')
  describe.skip(name, tests)
}

/** The Chromium of the whole run. */
export const chromiumServer = (): Promise<BrowserServer> =>
  chromium.launchServer({ executablePath: HEADLESS_SHELL, args: FLAGS.split(' ') })

/**
 * Starts a Chromium of its own for a file.
 * @param ignoreDefaultArgs Playwright's flags to leave out. Only the full Chromium heeds these flags
 */
export const launchChromium = (ignoreDefaultArgs: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' '), ignoreDefaultArgs })
