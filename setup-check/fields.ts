import type { Value } from '../migration/json'
import { converted, isPlain } from '../src/marketo/values/convert'
import { found } from './finding'
import type { Found, FindingName } from './finding'
import { entriesIn, mappedTo } from './mappings'

/** A field or attribute in Marketo. */
export interface MarketoField {
  name: string
  dataType?: string
  /** Absent counts as writable. */
  updateable?: boolean
}

/** How findings about the fields of one kind are named. */
interface Kind {
  /** What messages call one. */
  word: string
  missing: FindingName
  readOnly?: FindingName
  type: FindingName
}

/**
 * Compares the names and literal values of a key-value field with the fields in Marketo.
 * @param label the field of the mapping
 */
export function checkFields(
  label: string,
  mapped: Value | undefined,
  fields: readonly MarketoField[],
  kind: Kind
): Found[] {
  const entries = entriesIn(mapped)
  if (entries === undefined) return [found('from-event', `${label} come from the event as a whole.`)]
  return entries.flatMap(([name, value]) => {
    const field = fields.find((candidate) => candidate.name === name)
    if (!field) return [found(kind.missing, `${label} > ${name}: Marketo has no ${kind.word} "${name}".`)]
    if (field.updateable === false && kind.readOnly) {
      return [found(kind.readOnly, `${label} > ${name}: the ${kind.word} "${name}" cannot be written.`)]
    }
    return hasType(value, field.dataType)
      ? []
      : [found(kind.type, `${label} > ${name}: ${JSON.stringify(value)} is no ${field.dataType}.`)]
  })
}

/** Only a literal is known before the event. Lists are joined, and objects are for text. */
function hasType(value: Value, dataType: string | undefined): boolean {
  const mapped = mappedTo(value)
  if (mapped === undefined || mapped === 'from the event' || dataType === undefined) return true
  const { literal } = mapped
  return isPlain(literal) ? converted(literal, dataType) !== undefined : TEXTS.includes(dataType)
}

const TEXTS = ['string', 'text']
