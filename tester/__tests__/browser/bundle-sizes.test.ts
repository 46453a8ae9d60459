import { ADDED_BYTES_LIMIT } from '../../../bench/bundle-limits'
import { measureBundles } from '../../../bench/bundle-sizes'

describe('A bundle', () => {
  it.each(Object.entries(ADDED_BYTES_LIMIT))(
    'of %s adds at most %d bytes to an empty destination',
    async (name, limit) => {
      const sizes = await measureBundles(undefined)
      expect(sizes.find((size) => size.name === name)?.addedBytes).toBeLessThanOrEqual(limit)
    }
  )
})
