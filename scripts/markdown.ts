/** A Markdown table, aligned as Prettier does it, with numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))]
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)))
  const numeric = head.map((_, column) => rows.every((row) => /^-?[\d.,]+$/.test(String(row[column]))))
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (numeric[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`
  const rule = `| ${widths
    .map((width, i) => (numeric[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
    .join(' | ')} |`
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n')
}

/**
 * Puts each text between its `<!-- name -->` and `<!-- /name -->`.
 * @returns the page, and the names for which it has no such place
 */
export function fillIn(page: string, texts: Record<string, string>): { page: string; missing: string[] } {
  const missing: string[] = []
  const filled = Object.entries(texts).reduce((before, [name, text]) => {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`)
    if (!place.test(before)) missing.push(name)
    return before.replace(place, (_match, start: string, end: string) => `${start}\n${text}\n\n${end}`)
  }, page)
  return { page: filled, missing }
}

/** A part of a page, with a place for the text of this name. */
export interface Section {
  name: string
  title: string
  description: string
}

/** Adds the sections whose places the page lacks, each after the one before it. */
export function withSections(page: string, sections: Section[]): string {
  return sections.reduce((text, { name, title, description }, i) => {
    const before = sections[i - 1]
    if (!before || text.includes(`<!-- ${name} -->`)) return text
    const end = `<!-- /${before.name} -->`
    return text.replace(end, () => `${end}\n\n### ${title}\n\n${description}\n\n<!-- ${name} -->\n<!-- /${name} -->`)
  }, page)
}
