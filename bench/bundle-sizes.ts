import { existsSync, readdirSync, readFileSync } from 'fs'
import { join } from 'path'
import { gzipSync } from 'zlib'
import { bundleOf, WEB_PACKAGES } from '../scripts/browser-bundles'

/** A web destination's script, as a page loads it. */
export interface BundleSize {
  name: string
  bytes: number
  gzipBytes: number
  /** The difference from an empty destination of the same framework, if known. */
  addedBytes?: number
}

const EMPTY = `
  import { browserDestination } from '@segment/browser-destination-runtime/shim'
  window.emptyDestination = browserDestination({
    name: 'Empty', mode: 'device', initialize: async () => ({}), actions: {}
  })`

/** Web destinations of action-destinations to compare with, by folder. */
const OTHERS = ['amplitude-plugins', 'hubspot-web', 'google-analytics-4-web']

/**
 * Bundles the web packages and an empty destination, and measures their sizes.
 * @param checkout of action-destinations, built by its own `build-web`: its bundles are also measured
 */
export async function measureBundles(checkout: string | undefined): Promise<BundleSize[]> {
  const empty = sizeOf('an empty destination', await bundleOf('empty', EMPTY))
  const own = await Promise.all(
    WEB_PACKAGES.map(async (name) => {
      const size = sizeOf(name, await bundleOf(name))
      return { ...size, addedBytes: size.gzipBytes - empty.gzipBytes }
    })
  )
  return [empty, ...own, ...(checkout === undefined ? [] : builtThere(checkout))]
}

function builtThere(checkout: string): BundleSize[] {
  const folder = join(checkout, 'packages/browser-destinations/dist/web')
  return [...OTHERS, ...WEB_PACKAGES].flatMap((name) => {
    const bundle =
      existsSync(join(folder, name)) && readdirSync(join(folder, name)).find((file) => file.endsWith('.js'))
    return bundle ? [sizeOf(`${name}, built there`, readFileSync(join(folder, name, bundle), 'utf8'))] : []
  })
}

function sizeOf(name: string, code: string): BundleSize {
  return { name, bytes: Buffer.byteLength(code), gzipBytes: gzipSync(code, { level: 9 }).length }
}
