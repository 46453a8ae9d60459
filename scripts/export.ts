/**
 * `npm run export -- <path>` puts the destination and its two web packages into a checkout of
 * segmentio/action-destinations, with their unit tests, ready for a pull request.
 */
import { exportedFiles } from './exported-files'
import { CLOUD, exportTo, webTarget } from './export-to'
import type { Target } from './export-to'
import { joinedMetadata } from './joined-metadata'
import { pathFromCaller, runCommand } from './invocation'
import { webPackageFiles, webPackages } from './web-packages'

const usage = `Usage: npm run export -- <path>

Puts the destination with its unit tests into a checkout of segmentio/action-destinations.

  <path>  the checkout's folder
  --help  this text

It never overwrites uncommitted changes.`

runCommand({ usage, takes: ['where the checkout of action-destinations is'] }, ([given]) => {
  const checkout = pathFromCaller(given)
  const files = exportedFiles()
  const metadata = joinedMetadata(checkout)
  if (metadata !== undefined) files.set('metadata.json', metadata)
  exportOne(checkout, CLOUD, files, "register('<metadata ID>', './marketo-v2')")
  for (const { name, packageName, version, joinsCloud } of webPackages) {
    const target = webTarget(name, packageName)
    const dependency = `"${packageName}": "^${version}"`
    const id = joinsCloud ? 'the metadata ID of Marketo V2 (Actions)' : 'metadata ID'
    const register = `register('<${id}>', '${packageName}')`
    exportOne(checkout, target, webPackageFiles(name), register, dependency)
  }
})

/** @param dependency a line for the package.json beside the list, if the list needs one */
function exportOne(
  checkout: string,
  target: Target,
  files: Map<string, string>,
  register: string,
  dependency?: string
): void {
  const { folder, written, removed, others, registered } = exportTo(checkout, files, target)
  for (const path of written) console.log(`written  ${path}`)
  for (const path of removed) console.log(`removed  ${path}`)
  for (const path of others) console.log(`not ours, left alone  ${path}`)
  console.log(written.length + removed.length > 0 ? `Exported to ${folder}` : `${folder} is up to date.`)
  if (registered) return
  console.log(`\nTo register it, add to ${target.list}, with the ID that Segment gives you:\n\n  ${register}\n`)
  if (dependency)
    console.log(`and to the dependencies in packages/destinations-manifest/package.json:\n\n  ${dependency}\n`)
}
