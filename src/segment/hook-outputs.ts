import type { Context } from './perform'

/** What a hook returned when the mapping was saved; nothing if it did not run. */
export function savedOutputs<Outputs extends object>(
  hookOutputs: Context['hookOutputs'],
  hook: keyof NonNullable<Context['hookOutputs']>
): Partial<Outputs> {
  const saved = hookOutputs?.[hook] as { outputs?: Outputs } | undefined
  return saved?.outputs ?? {}
}
