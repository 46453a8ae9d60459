/** Part of `npm run check`: fails when the definition breaks a rule of the actions CLI, and says which one and where. */
import destination from '../src'
import { problemsOf } from './definition-rules'
import { runCommand } from './invocation'

const usage = `Usage: tsx scripts/validate.ts

Checks the definition against the rules of the actions CLI. Ends with 1 when it breaks one.`

runCommand({ usage }, () => {
  const problems = problemsOf(destination)
  for (const { where, what } of problems) console.error(`${destination.name}: ${where} ${what}.`)
  if (problems.length > 0) process.exitCode = 1
  else console.log('The definition keeps the rules of the actions CLI.')
})
