import type { RequestClient } from '@segment/actions-core'
import { derivedToken } from '../src/leads/visitors/derived-token'
import { settings } from './events'

/**
 * A request client that answers at once, with answers made in advance, so that hardly any of Marketo's work is
 * measured. All people are known by email and user ID, all visitors are associated, and all page visits are accepted.
 * @param people their number: each event is of a different person
 */
export function instantMarketo(people: number): RequestClient {
  const found: unknown[] = []
  const written: unknown[] = []
  for (let i = 0; i < people; i += 300) {
    const ids = Array.from({ length: Math.min(300, people - i) }, (_, n) => i + n)
    found.push(
      answer(
        ids.map((id) => ({
          id: id + 1,
          email: `person.${id}@example.com`,
          userId: `user-${id}`,
          cookies: derivedToken(settings.munchkinId, `userId:user-${id}`),
          updatedAt: DAY
        }))
      )
    )
    written.push(answer(ids.map((id) => ({ id: id + 1, status: 'updated' }))))
  }
  const [nextFound, nextWritten] = [inTurn(found), inTurn(written)]
  const request = (url: string, { method }: { method?: string }) => {
    if (url.includes('/webevents/')) return VISITED
    const isSearch = method === 'GET' || url.includes('_method=GET')
    return isSearch ? nextFound() : nextWritten()
  }
  return request as unknown as RequestClient
}

/** @returns a function that gives the answers one after the other, again and again */
function inTurn(answers: unknown[]): () => unknown {
  let given = 0
  return () => {
    const next = answers[given % answers.length]
    given++
    return next
  }
}

const DAY = '2026-05-31T14:00:00Z'

const answer = (result: object[]) =>
  Promise.resolve({ ok: true, status: 200, data: { success: true, requestId: '1', result } })

const VISITED = Promise.resolve({ ok: true, status: 200, data: '' })
