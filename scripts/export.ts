/**
 * `npm run export -- <path>` puts the destination with its unit tests into a checkout of segmentio/action-destinations,
 * ready for a pull request.
 */
import { relative } from 'path'
import { exportedFiles } from './exported-files'
import { exportTo } from './export-to'
import { pathFromCaller, runCommand } from './invocation'

const REGISTER = "register('<metadata ID>', './marketo-v2')"

const usage = `Usage: npm run export -- <path>

Puts the destination with its unit tests into a checkout of segmentio/action-destinations.

  <path>  the checkout's folder
  --help  this text

It overwrites nothing that git does not keep.`

runCommand({ usage, takes: ['where the checkout of action-destinations is'] }, ([given]) => {
  const checkout = pathFromCaller(given)
  const { folder, written, removed, others, registered } = exportTo(checkout, exportedFiles())
  for (const path of written) console.log(`written  ${path}`)
  for (const path of removed) console.log(`removed  ${path}`)
  for (const path of others) console.log(`not ours, left alone  ${path}`)
  console.log(written.length + removed.length > 0 ? `Exported to ${folder}` : `${folder} is up to date.`)
  if (!registered) {
    const list = relative(checkout, `${folder}/../index.ts`)
    console.log(`\nTo register the destination, add to ${list}, with the ID that Segment gives you:\n\n  ${REGISTER}`)
  }
})
