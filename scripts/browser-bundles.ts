import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { join } from 'path'

const BROWSER = join(__dirname, '../browser')

/** The web packages, by the names of their folders in action-destinations. */
export const WEB_PACKAGES = ['marketo-v2-plugins', 'marketo-v2-web'] as const

/** As in action-destinations, the template engine is not bundled. */
const withoutLiquid: Plugin = {
  name: 'without-liquid',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^liquidjs$/ }, () => ({ path: 'liquidjs', namespace: 'stub' }))
    bundle.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: 'export class Liquid { registerTag() {} registerFilter() {} parseAndRenderSync(text) { return text } }'
    }))
  }
}

/**
 * Bundles a web package as action-destinations does, into one script that sets `window['<name>Destination']`.
 * @param code code to bundle instead of the package's default export, resolved in the folder of the packages
 */
export async function bundleOf(
  name: string,
  code = `import factory from './${name}/src/index'; window['${name}Destination'] = factory`
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: BROWSER, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    // The packages' own config extends a file that only action-destinations has.
    tsconfigRaw: '{}',
    plugins: [withoutLiquid]
  })
  return outputFiles[0].text
}
