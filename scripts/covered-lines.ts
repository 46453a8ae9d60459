export interface Lines {
  all: number
  /** Those that ran. */
  reached: number
  /** Those that ran with all of their branches. */
  covered: number
}

/** @param lcov a coverage report: SF names a file, DA a line and how often it ran, BRDA a branch of a line and how often it ran */
export function countLines(lcov: string): Lines {
  const lines: Lines = { all: 0, reached: 0, covered: 0 }
  for (const file of lcov.split('end_of_record')) {
    const missedBranches = new Set([...file.matchAll(/^BRDA:(\d+),\d+,\d+,(?:0|-)$/gm)].map(([, line]) => line))
    for (const [, line, times] of file.matchAll(/^DA:(\d+),(\d+)/gm)) {
      lines.all += 1
      if (times === '0') continue
      lines.reached += 1
      if (!missedBranches.has(line)) lines.covered += 1
    }
  }
  return lines
}
