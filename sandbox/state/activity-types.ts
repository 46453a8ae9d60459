import { ApiError } from './errors'
import type { DataType } from './field-values'
import type { Limits } from './shapes'

export interface Attribute {
  apiName: string
  name: string
  description: string
  dataType: DataType
}

export interface ActivityType {
  id: number
  apiName: string
  name: string
  description: string
  triggerName: string
  filterName: string
  createdAt: string
  updatedAt: string
  status: 'draft' | 'approved' | 'approved with draft'
  primaryAttribute: Attribute
  attributes: Attribute[]
  /** Added since the last approval. Activities can't have them yet. */
  draftAttributes?: Attribute[]
}

type NewType = Pick<
  ActivityType,
  'apiName' | 'name' | 'description' | 'triggerName' | 'filterName' | 'primaryAttribute'
>

/**
 * The custom activity types of an instance. Adobe does not document the codes of refusals: they are like those of similar calls.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities
 */
export class ActivityTypes {
  private readonly types: ActivityType[]

  constructor(
    types: readonly ActivityType[],
    private readonly limits: Pick<Limits, 'activityTypes' | 'activityAttributes'>,
    private readonly now: () => number
  ) {
    this.types = structuredClone([...types])
  }

  /** A copy, which later calls do not change. */
  all(): ActivityType[] {
    return structuredClone(this.types)
  }

  byId(id: unknown): ActivityType | undefined {
    return this.types.find((type) => type.id === id)
  }

  /** Takes a type as another Marketo has it. */
  adopt(type: ActivityType): void {
    this.types.push(type)
  }

  byApiName(apiName: string): ActivityType {
    const type = this.types.find((candidate) => candidate.apiName === apiName)
    if (!type) throw new ApiError('1013')
    return type
  }

  /** Makes a draft. Marketo adds `_c` to the API name of what a customer makes. */
  create(given: NewType): ActivityType {
    const apiName = given.apiName.endsWith('_c') ? given.apiName : `${given.apiName}_c`
    if (this.types.some((type) => isTaken(type, { ...given, apiName }))) throw new ApiError('1017')
    const { activityTypes } = this.limits
    if (this.types.length >= activityTypes) {
      throw new ApiError('709', `an instance has at most ${activityTypes} custom activity types`)
    }
    const at = this.time()
    const id = Math.max(100_000, ...this.types.map((type) => type.id)) + 1
    const type: ActivityType = {
      id,
      ...given,
      apiName,
      createdAt: at,
      updatedAt: at,
      status: 'draft',
      attributes: []
    }
    this.types.push(type)
    return type
  }

  /** Adds attributes to the draft of a type: all of them or none. */
  addAttributes(apiName: string, attributes: readonly Attribute[]): ActivityType {
    const type = this.byApiName(apiName)
    const all = [...type.attributes, ...(type.draftAttributes ?? []), ...attributes]
    if (all.length > this.limits.activityAttributes) throw new ApiError('1028')
    const names = [type.primaryAttribute, ...all].map((attribute) => attribute.apiName.toLowerCase())
    if (new Set(names).size < names.length) throw new ApiError('1017')
    type.draftAttributes = [...(type.draftAttributes ?? []), ...attributes]
    if (type.status === 'approved') type.status = 'approved with draft'
    type.updatedAt = this.time()
    return type
  }

  /** From now on, the type takes records with all of its attributes. */
  approve(apiName: string): ActivityType {
    const type = this.byApiName(apiName)
    if (type.status === 'approved') throw new ApiError('709', 'the type has no draft')
    type.attributes = draftOf(type)
    delete type.draftAttributes
    type.status = 'approved'
    type.updatedAt = this.time()
    return type
  }

  private time(): string {
    return `${new Date(this.now()).toISOString().slice(0, 19)}Z`
  }
}

/** The attributes that a type has once its draft is approved. */
export const draftOf = ({ attributes, draftAttributes = [] }: ActivityType): Attribute[] => [
  ...attributes,
  ...draftAttributes
]

const isTaken = (type: ActivityType, given: NewType): boolean =>
  (['apiName', 'name', 'triggerName', 'filterName'] as const).some(
    (member) => type[member].toLowerCase() === given[member].toLowerCase()
  )
