import type { Unread } from './read-events'

/** @returns the one thing that is wrong with a text that should be JSON, and the line */
export function jsonProblem(text: string): Unread {
  const comma = danglingComma(text)
  if (comma !== undefined) {
    return { line: lineOf(text, comma), what: 'The comma at its end has nothing after it. Remove it.' }
  }
  const message = messageOf(text)
  const [, position] = /at position (\d+)/.exec(message) ?? []
  const what = `It is not valid JSON: ${message.replace(/ \(line \d+ column \d+\)/, '')}.`
  return position === undefined ? { what } : { line: lineOf(text, Number(position)), what }
}

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length

/** @returns the position of a comma right before a closing bracket or at the end */
function danglingComma(text: string): number | undefined {
  // A string, or such a comma. Strings are matched to be skipped.
  const parts = /"(?:[^"\\]|\\.)*"|,(?=\s*(?:[\]}]|$))/g
  for (const { 0: part, index } of text.matchAll(parts)) {
    if (part === ',') return index
  }
  return undefined
}

function messageOf(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
