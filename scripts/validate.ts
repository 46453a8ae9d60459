/** Part of `npm run check`: fails when a definition breaks a rule of the actions CLI, and says which one and where. */
import destination from '../src'
import { problemsOf } from './definition-rules'
import { webPackages } from './web-packages'

const problems = [...webPackages.map(({ definition }) => definition), destination].flatMap((definition) =>
  problemsOf(definition).map(({ where, what }) => `${definition.name}: ${where} ${what}.`)
)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('The definitions keep the rules of the actions CLI.')
