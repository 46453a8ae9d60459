import { CLOSE } from './global-setup'

export default async function globalTeardown(): Promise<void> {
  await (globalThis as unknown as Record<symbol, (() => Promise<void>) | undefined>)[CLOSE]?.()
}
