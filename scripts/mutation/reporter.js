const { relative } = require('path')
const { hashOf, note } = require('./results.js')

/** Notes each mutant of a run as soon as it is tested, so that a run that ends early loses nothing. */
class ResultsReporter {
  hashes = new Map()

  onMutationTestingPlanReady({ mutantPlans }) {
    const files = mutantPlans.map(({ mutant }) => pathOf(mutant))
    for (const file of new Set(files)) {
      this.hashes.set(file, hashOf(file))
      this.note({ file, mutants: files.filter((other) => other === file).length })
    }
  }

  onMutantTested({ fileName, location, mutatorName, replacement, status, statusReason }) {
    const { line, column } = location.start
    const { line: endLine, column: endColumn } = location.end
    const place = `${line}:${column}-${endLine}:${endColumn}`
    this.note({ file: pathOf({ fileName }), place, mutatorName, replacement, status, statusReason })
  }

  note(entry) {
    note({ hash: this.hashes.get(entry.file), ...entry })
  }
}

const pathOf = ({ fileName }) => relative(process.cwd(), fileName)

exports.strykerPlugins = [{ kind: 'Reporter', name: 'results', injectableClass: ResultsReporter }]
