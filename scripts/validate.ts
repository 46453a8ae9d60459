/** Part of `npm run check`: fails if a definition breaks a rule of the actions CLI, and says which one and where. */
import destination from '../src'
import { problemsOf } from './definition-rules'
import { runCommand } from './invocation'
import { webPackages } from './web-packages'

const usage = `Usage: tsx scripts/validate.ts

Checks the definitions against the rules of the actions CLI. Ends with 1 if one breaks a rule.`

runCommand({ usage }, () => {
  const problems = [...webPackages.map(({ definition }) => definition), destination].flatMap((definition) =>
    problemsOf(definition).map(({ where, what }) => `${definition.name}: ${where} ${what}.`)
  )
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log('The definitions follow the rules of the actions CLI.')
})
