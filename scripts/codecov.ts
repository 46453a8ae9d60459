/**
 * `npm run coverage:exported` counts the lines that the exported tests reach as the Codecov of action-destinations does: a line of which
 * one branch never ran counts as missed.
 */
import { readFileSync } from 'fs'
import { Refusal } from '../migration/refusal'
import { countLines } from './covered-lines'
import { pathFromCaller, runCommand } from './invocation'

/** Codecov wants 80 % of a pull request. */
const LEAST = 85

const usage = `Usage: tsx scripts/codecov.ts <lcov.info>

Counts covered lines as Codecov does, and ends with 1 if they are less than ${LEAST} %.

  <lcov.info>  what jest --coverage --coverageReporters lcovonly writes
  --help       this text`

runCommand({ usage, takes: ['where lcov.info is'] }, ([given]) => {
  const { all, reached, covered } = countLines(readFileSync(pathFromCaller(given), 'utf8'))
  const percent = (lines: number) => `${((100 * lines) / all).toFixed(1)} %`
  console.log(`${all} lines: ${percent(reached)} reached, ${percent(covered)} covered as Codecov counts`)
  if (!(100 * covered >= LEAST * all)) throw new Refusal(`Less than ${LEAST} % are covered: see coverage/exported.`)
})
