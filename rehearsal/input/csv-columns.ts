import { isObject, type Event } from './json'

/** A column of a CSV file, and how its cells are read. */
export interface Column {
  /** As the file has it. */
  header: string
  /** Where its values go. */
  path: string
  /** Whether its numbers have a comma instead of a point. */
  hasDecimalComma: boolean
  /** Whether events have no such member. */
  isForeign: boolean
}

/** The members of an event, see https://segment.com/docs/connections/spec/common/ */
const MEMBERS = [
  ...['type', 'event', 'name', 'category', 'userId', 'anonymousId', 'groupId', 'previousId', 'messageId'],
  ...['timestamp', 'sentAt', 'receivedAt', 'originalTimestamp', 'channel', 'version', 'writeKey', 'projectId'],
  ...['traits', 'properties', 'context', 'integrations']
]

const plainOf = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')
const BY_PLAIN_NAME = new Map(MEMBERS.map((name) => [plainOf(name), name]))

/**
 * @param delimiter between its cells: where it is a semicolon, the comma is for decimals
 * @returns the columns of a file: `user_id` and "User ID" are `userId`, as in any event
 */
export function columnsOf(header: string[], rows: string[][], delimiter: string): Column[] {
  return header.map((name, index) => {
    const [top, ...others] = name.trim().split('.')
    const member = BY_PLAIN_NAME.get(plainOf(top))
    return {
      header: name,
      path: [member ?? top, ...others].join('.'),
      isForeign: member === undefined,
      hasDecimalComma: hasDecimalComma(
        rows.map((cells) => cells[index]),
        delimiter
      )
    }
  })
}

const NUMBER_WITH_COMMA = /^-?(\d{1,3}(\.\d{3})+|\d+),\d+$/
const NUMBER_WITH_POINT = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/
/** `1,234` may also be a whole number in English, so a column needs at least one value that can't be. */
const SURELY_DECIMAL = /,(\d{1,2}|\d{4,})$/

function hasDecimalComma(cells: string[], delimiter: string): boolean {
  const filled = cells.filter((cell) => cell !== '')
  const isNumber = (cell: string) => NUMBER_WITH_COMMA.test(cell) || /^-?(\d{1,3}(\.\d{3})+|\d+)$/.test(cell)
  return (
    filled.length > 0 &&
    filled.every(isNumber) &&
    filled.some((cell) => NUMBER_WITH_COMMA.test(cell) && (delimiter === ';' || SURELY_DECIMAL.test(cell)))
  )
}

/** @returns the event of a row. An empty cell is absent from it */
export function eventOf(columns: Column[], cells: string[]): Event {
  const event: Event = {}
  columns.forEach((column, index) => {
    const cell = cells[index]
    if (cell === '') return
    const steps = column.path.split('.')
    const last = steps.pop() ?? ''
    let place = event
    for (const step of steps) {
      const known = Object.prototype.hasOwnProperty.call(place, step) ? place[step] : undefined
      const inner = isObject(known) ? known : {}
      place[step] = inner
      place = inner
    }
    place[last] = steps.length ? valueIn(last, cell, column) : cell
  })
  return event
}

/** What Excel writes for a boolean, in the languages of its most common versions. */
const BOOLEANS: Record<string, boolean> = {
  ...{ true: true, TRUE: true, True: true, WAHR: true, VRAI: true, VERDADERO: true, VERO: true },
  ...{ false: false, FALSE: false, False: false, FALSCH: false, FAUX: false, FALSO: false }
}

/** Text that looks like a number or boolean becomes one, except identifiers: a user ID of digits stays text. */
function valueIn(name: string, cell: string, { hasDecimalComma: isDecimal }: Column): unknown {
  if (/id$|zip|postal|phone/i.test(name)) return cell
  if (Object.prototype.hasOwnProperty.call(BOOLEANS, cell)) return BOOLEANS[cell]
  const number = isDecimal ? cell.replace(/\./g, '').replace(',', '.') : cell
  return NUMBER_WITH_POINT.test(number) ? Number(number) : cell
}
