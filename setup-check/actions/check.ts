import type { MarketoClient } from '../../src/marketo/transport/client'
import type { Found } from '../finding'
import type { CheckedMapping } from '../mappings'

/** Compares a mapping of one action with Marketo, by reads only. @throws MarketoError if Marketo cannot be asked */
export type Check = (client: MarketoClient, mapping: CheckedMapping) => Promise<Found[]>
