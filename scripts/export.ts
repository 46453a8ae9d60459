/**
 * `npm run export -- <path>` puts the destination and its two web packages into a checkout of
 * segmentio/action-destinations, with their unit tests, ready for pull requests.
 */
import { exportedFiles } from './exported-files'
import { CLOUD, planExport, webTarget } from './export-to'
import type { Exported } from './export-to'
import { joinedMetadata } from './joined-metadata'
import { pathFromCaller, runCommand } from './invocation'
import { howToRegister } from './registration'
import type { Registration } from './registration'
import { webPackageFiles, webPackages } from './web-packages'

const usage = `Usage: npm run export -- <path>

Puts the destination and its web packages, with their unit tests, into a checkout of segmentio/action-destinations.
It says what is left to do there, in order.

  <path>  the checkout's folder
  --help  this text

It never overwrites uncommitted changes: if one would be lost, it writes nothing at all.`

runCommand({ usage, takes: ['where the checkout of action-destinations is'] }, ([given]) => {
  const checkout = pathFromCaller(given)
  const files = exportedFiles()
  const metadata = joinedMetadata(checkout)
  if (metadata !== undefined) files.set('metadata.json', metadata)
  const cloud = planExport(checkout, files)
  const web = webPackages.map(({ name, packageName }) =>
    planExport(checkout, webPackageFiles(name, checkout), webTarget(name, packageName))
  )
  const all = [cloud, ...web]
  for (const { carryOut } of all) carryOut()
  for (const { exported } of all) report(exported)
  const missing: Registration[] = [
    { list: CLOUD.list, id: 'metadata ID', entry: CLOUD.entry },
    ...webPackages.map(({ name, packageName, version, joinsCloud }) => ({
      ...webTarget(name, packageName),
      id: joinsCloud ? 'the metadata ID of Marketo V2 (Actions)' : 'metadata ID',
      dependency: `"${packageName}": "^${version}"`
    }))
  ].filter((_registration, i) => !all[i].exported.registered)
  if (missing.length > 0) console.log(howToRegister(missing))
})

function report({ folder, written, removed, others }: Exported): void {
  for (const path of written) console.log(`written  ${path}`)
  for (const path of removed) console.log(`removed  ${path}`)
  for (const path of others) console.log(`not ours, left alone  ${path}`)
  console.log(written.length + removed.length > 0 ? `Exported to ${folder}` : `${folder} is up to date.`)
}
