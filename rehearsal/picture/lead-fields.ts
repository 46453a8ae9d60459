import { isKnownType, type DataType } from '../../sandbox/state/field-values'
import { fieldOfForm, type Field } from '../../sandbox/state/fields'
import type { Marketo } from '../../sandbox/state/marketo'
import type { Asker, Row } from '../wire/asker'

/** Marketo gives these for every lead, whatever it describes. */
const OF_EVERY_LEAD = ['id', 'createdAt', 'updatedAt', 'cookies']

const field = (name: string, dataType: DataType, others: Partial<Field> = {}): Field => ({
  ...{ name, soapName: name, displayName: name, dataType, updateable: false, searchable: false },
  ...{ isCustom: false, isApiCreated: false, ...others }
})

/** The lead fields of the instance, read once. */
export class LeadFields {
  constructor(private readonly marketo: Marketo) {}

  /** Reads the fields, unless they are known. */
  async know(ask: Asker): Promise<void> {
    const [description] = await ask.setup('/rest/v1/leads/describe2.json')
    if (this.marketo.fields.size > 0) return
    const searchable = new Set(listIn(description?.searchableFields).flat().map(String))
    for (const name of OF_EVERY_LEAD) {
      this.add(field(name, name === 'id' ? 'integer' : 'string', { searchable: name === 'id' || name === 'cookies' }))
    }
    for (const row of listIn(description?.fields) as Row[]) {
      const { name, displayName, dataType, updateable, length } = row
      if (typeof name !== 'string') continue
      this.add(
        field(name, String(dataType) as DataType, {
          displayName: typeof displayName === 'string' ? displayName : name,
          updateable: updateable === true,
          searchable: searchable.has(name),
          ...(typeof length === 'number' && { length })
        })
      )
    }
  }

  has(name: string): boolean {
    return this.marketo.fields.has(name)
  }

  /** Whether Get Leads takes the field as a filter. */
  isSearchable(name: string): boolean {
    return this.marketo.fields.get(name)?.searchable ?? false
  }

  /** Whether Marketo could take the value as a filter of this field. */
  isAskable(name: string, value: unknown): boolean {
    if (!['string', 'number', 'boolean'].includes(typeof value) || value === '') return false
    const isWhole = this.marketo.fields.get(name)?.dataType !== 'integer' || /^-?\d+$/.test(`${value as string}`)
    return this.isSearchable(name) && isWhole
  }

  /** Whether a form's field is a lead field. */
  isOnForms(formName: string): boolean {
    return fieldOfForm(this.marketo.fields, formName) !== undefined
  }

  /** Which of these fields have a data type whose rules are unknown here. */
  ofUnknownTypes(names: string[]): Field[] {
    return names.flatMap((name) => this.marketo.fields.get(name) ?? []).filter(({ dataType }) => !isKnownType(dataType))
  }

  /** Reads the names that forms use, which Describe Lead 2 does not have. */
  async knowFormNames(ask: Asker): Promise<void> {
    await this.know(ask)
    for (const { rest, soap } of (await ask.setup('/rest/v1/leads/describe.json')) as { rest?: Row; soap?: Row }[]) {
      const known = this.marketo.fields.get(String(rest?.name))
      if (known && soap) known.soapName = String(soap.name)
    }
  }

  private add(given: Field): void {
    this.marketo.fields.set(given.name, given)
  }
}

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
