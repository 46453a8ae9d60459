import { Pace } from '../../rehearsal/wire/pace'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

/** When each of these calls began, in milliseconds. Each takes 10 ms. */
async function startsOf(calls: number): Promise<number[]> {
  const pace = new Pace()
  const begin = Date.now()
  const starts: number[] = []
  const all = Array.from({ length: calls }, () =>
    pace.run(async () => {
      starts.push(Date.now() - begin)
      await new Promise((resolve) => setTimeout(resolve, 10))
    })
  )
  for (let i = 0; i < 2_000 && starts.length < calls; i++) await jest.advanceTimersByTimeAsync(100)
  await jest.advanceTimersByTimeAsync(100)
  await Promise.all(all)
  return starts
}

const mostWithin = (starts: number[], ms: number): number =>
  Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + ms).length))

test('a rehearsal of 80 calls waits for nothing but its own five calls at once', async () => {
  const starts = await startsOf(80)
  expect(starts[79]).toBeLessThan(1_000)
  expect(mostWithin(starts, 10)).toBe(5)
})

test('a longer one takes half of the calls that all integrations share, and never all of them', async () => {
  const starts = await startsOf(400)
  expect(mostWithin(starts, 20_000)).toBe(80)
  expect(mostWithin(starts, 60_000)).toBe(150)
})
