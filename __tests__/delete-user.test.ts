import { createRequestClient } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { anonymousTracking, settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()

const deleteUser = async (payload: { userId?: unknown; anonymousId?: unknown }, given: Settings = settings) =>
  destination.onDelete?.(createRequestClient(), { settings: given, payload } as never) as unknown

const usersLeft = () =>
  sandbox()
    .state()
    .leads.map(({ id }) => id)

describe('Deleting a user', () => {
  it('deletes the lead with the user ID, and no other', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'u1' },
        { id: 2, userId: 'U1' },
        { id: 3, userId: 'u10' }
      ]
    })
    expect(await deleteUser({ userId: 'u1' })).toEqual({ output: 'Leads deleted: 1' })
    expect(usersLeft()).toEqual([2, 3])
  })

  it('deletes the leads whose user ID differs only in case if no lead has an exact match', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'U1' },
        { id: 2, userId: 'u10' }
      ]
    })
    await deleteUser({ userId: 'u1' })
    expect(usersLeft()).toEqual([2])
  })

  it('deletes no lead by anonymous ID if the lead has another user ID or an email', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'u1', anonymousId: 'A' },
        { id: 2, userId: 'u2', anonymousId: 'A' },
        { id: 3, email: 'crm@x.org', anonymousId: 'A' },
        { id: 4, anonymousId: 'A' }
      ]
    })
    await deleteUser({ userId: 'u1', anonymousId: 'A' }, anonymousTracking)
    expect(usersLeft()).toEqual([2, 3])
  })

  it('deletes no lead by anonymous ID alone if the lead has a user ID or an email', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'u1', anonymousId: 'A' },
        { id: 2, email: 'crm@x.org', anonymousId: 'A' },
        { id: 3, anonymousId: 'A' }
      ]
    })
    await deleteUser({ anonymousId: 'A' }, anonymousTracking)
    expect(usersLeft()).toEqual([1, 2])
  })

  it('treats a numeric user ID as text', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: '42' },
        { id: 2, userId: '43' }
      ]
    })
    await deleteUser({ userId: 42 })
    expect(usersLeft()).toEqual([2])
  })

  it.each<unknown>([
    ...['null', 'UNDEFINED', ' 0 ', 0, -1, '[object Object]', 'Guest', {}, null, true],
    ...['0000-0000', '{{user.id}}', '%ID%']
  ])('deletes nothing and makes no call for %j, which identifies nobody', async (junk) => {
    sandbox().reset({ leads: [{ id: 1, userId: String(junk).trim(), anonymousId: String(junk).trim() }] })
    await deleteUser({ userId: junk, anonymousId: junk }, anonymousTracking)
    expect(usersLeft()).toEqual([1])
    expect(sandbox().state().usage.total).toBe(0)
  })

  it('deletes all leads with the user ID', async () => {
    const leads = Array.from({ length: 301 }, (_, i) => ({ id: i + 1, userId: i < 300 ? 'u1' : 'u2' }))
    sandbox().reset({ leads })
    await deleteUser({ userId: 'u1' })
    expect(usersLeft()).toEqual([301])
  })

  it.each([
    ['off', settings, [2]],
    ['on', anonymousTracking, []]
  ])('uses the anonymous ID only with anonymous tracking (%s)', async (_mode, given, left) => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'u1', anonymousId: 'a0' },
        { id: 2, anonymousId: 'a1' }
      ]
    })
    await deleteUser({ userId: 'u1', anonymousId: 'a1' }, given)
    expect(usersLeft()).toEqual(left)
  })

  it('deletes no lead by its email, which an anonymous ID may be; a lead that still has it as its anonymous ID is deleted', async () => {
    sandbox().reset({
      leads: [
        { id: 1, email: 'jane@example.com' },
        { id: 2, anonymousId: 'jane@example.com' },
        { id: 3, userId: 'u1' }
      ]
    })
    await deleteUser({ userId: 'u1', anonymousId: 'jane@example.com' }, anonymousTracking)
    expect(usersLeft()).toEqual([1])
  })

  it('deletes a lead once if both identifiers find it', async () => {
    sandbox().reset({ leads: [{ id: 1, userId: 'u1', anonymousId: 'a1' }] })
    await deleteUser({ userId: 'u1', anonymousId: 'a1' }, anonymousTracking)
    expect(usersLeft()).toEqual([])
  })

  it('treats a user ID with a comma as one value', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'a,b' },
        { id: 2, userId: 'a' },
        { id: 3, userId: 'b' }
      ]
    })
    await deleteUser({ userId: 'a,b' })
    expect(usersLeft()).toEqual([2, 3])
  })

  it('is retried when the lead of a user ID with a comma cannot be read', async () => {
    sandbox().reset({ leads: [{ id: 1, userId: 'a,b' }] })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606' })
    await expect(deleteUser({ userId: 'a,b' })).rejects.toMatchObject({ status: 429 })
    expect(usersLeft()).toEqual([1])
  })

  it('succeeds when the lead of a user ID with a comma has just been deleted', async () => {
    sandbox().reset({ leads: [{ id: 1, userId: 'a,b' }] })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'short' })
    await expect(deleteUser({ userId: 'a,b' })).resolves.toBeDefined()
    expect(sandbox().state().usage.byEndpoint).not.toHaveProperty('deleteLeads')
  })

  it('creates no lead for an unknown user ID with a comma', async () => {
    const before = usersLeft()
    await deleteUser({ userId: 'a,b' })
    expect(usersLeft()).toEqual(before)
  })

  // Marketo's filter cannot search for such a value, and Sync Leads names the lead only if there is exactly one.
  it('fails for good when several leads have the same user ID with a comma', async () => {
    const leads = [1, 2].map((id) => ({ id, userId: 'a,b' }))
    sandbox().reset({ leads })
    await expect(deleteUser({ userId: 'a,b' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('1007') as unknown
    })
  })

  it.each<[string, { userId?: string; anonymousId?: string }]>([
    ['no lead has', { userId: 'nobody', anonymousId: 'nobody' }],
    ['are absent', {}],
    ['are empty', { userId: '', anonymousId: '' }]
  ])('succeeds without a delete call for identifiers that %s', async (_what, payload) => {
    const before = usersLeft()
    await expect(deleteUser(payload, anonymousTracking)).resolves.toBeDefined()
    expect(sandbox().state().usage.byEndpoint).not.toHaveProperty('deleteLeads')
    expect(usersLeft()).toEqual(before)
  })

  it('succeeds when another process has just deleted the lead', async () => {
    sandbox().addFault({ endpoint: 'deleteLeads', kind: 'record', code: '1004' })
    await expect(deleteUser({ userId: 'user-ada' })).resolves.toBeDefined()
  })

  it.each([
    ['the search is throttled', 'getLeads', '606', 429],
    ['the search is not permitted', 'getLeads', '603', 403],
    ['the deletion is throttled', 'deleteLeads', '607', 429],
    ['the deletion is not permitted', 'deleteLeads', '603', 403],
    ['the deletion fails', 'deleteLeads', '611', 500]
  ] as const)('fails with an error that is retried or shown when %s', async (_what, endpoint, code, status) => {
    sandbox().addFault({ endpoint, kind: 'error', code })
    const permission = endpoint === 'getLeads' ? 'Read-Only Lead' : 'Read-Write Lead'
    await expect(deleteUser({ userId: 'user-ada' })).rejects.toMatchObject({
      status,
      message: expect.stringContaining(status === 403 ? permission : code) as unknown
    })
    expect(usersLeft()).toContain(1001)
  })

  it('fails when one of several leads could not be deleted', async () => {
    sandbox().addFault({ endpoint: 'deleteLeads', kind: 'record', code: '1013' })
    await expect(deleteUser({ userId: 'user-ada' })).rejects.toMatchObject({ status: 400 })
  })

  it('fails with 401 for wrong credentials', async () => {
    const wrong = { ...settings, clientSecret: 'wrong' }
    await expect(deleteUser({ userId: 'user-ada' }, wrong)).rejects.toMatchObject({ status: 401 })
  })
})
