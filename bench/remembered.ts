import { rememberAssociated } from '../src/leads/visitors/associated-visitors'
import { waitingVisitors } from '../src/leads/visitors/waiting-visitors'
import type { MarketoClient } from '../src/marketo/transport/client'
import { derivedToken } from '../src/leads/visitors/derived-token'
import { usedHeap } from './heap'

const INSTANCES = 1_000
const VISITORS = 100

/** Heap growth for 1,000 instances, each with 100 associated visitors and 100 who wait for that. */
export function measureRemembered(): { megabytes: number } {
  const before = usedHeap()
  for (let i = 0; i < INSTANCES; i++) {
    const munchkinId = `${String(i).padStart(3, '0')}-ABC-456`
    const client = {
      munchkinId,
      credentialsKey: JSON.stringify([munchkinId, `client-${i}`, '0'.repeat(64)])
    } as MarketoClient
    for (let visitor = 0; visitor < VISITORS; visitor++) {
      const identity = { userId: `user-${i}-${visitor}`, email: `person.${i}.${visitor}@example.com` }
      rememberAssociated(client, identity, visitor)
      waitingVisitors(client).add(derivedToken(munchkinId, `userId:${identity.userId}`), { ...identity })
    }
  }
  return { megabytes: (usedHeap() - before) / 2 ** 20 }
}
