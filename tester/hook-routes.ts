import type { ActionDefinition, JSONObject } from '@segment/actions-core'
import { showAnswer } from './cli-routes'
import type { Handle, MarketoCall } from './marketo-route'

type Hooks = NonNullable<ActionDefinition<JSONObject>['hooks']>
type ActionHookType = keyof Hooks

/** A hook of an action, and its inputs that offer choices. */
export interface HookRoute {
  hook: ActionHookType
  inputs: string[]
}

export const hookRoutes = (hooks: Hooks = {}): HookRoute[] =>
  Object.entries(hooks).map(([hook, definition]) => ({
    hook: hook as ActionHookType,
    inputs: Object.entries(definition?.inputFields ?? {})
      .filter(([, { dynamic }]) => typeof dynamic === 'function')
      .map(([name]) => name)
  }))

/** Runs a hook, as Segment does when a mapping is saved. */
export const runHook = (action: string, hook: ActionHookType): Handle =>
  showAnswer((call) => {
    const { hookInputs = {}, hookOutputs = {} } = call.body
    return call.destination.actions[action].executeHook(hook, { ...inputOf(call), hookInputs, hookOutputs } as never)
  })

/** The choices of a hook's input. */
export const hookChoices = (action: string, hook: ActionHookType, input: string): Handle =>
  showAnswer((call) => {
    const { hookInputs = {}, dynamicFieldContext = {} } = call.body
    const { definition } = call.destination.actions[action]
    const choices = definition.hooks?.[hook]?.inputFields?.[input].dynamic
    const data = { ...inputOf(call), hookInputs, dynamicFieldContext }
    return call.destination.actions[action].executeDynamicField(input, data as never, choices as never)
  })

function inputOf({ body, settings }: MarketoCall) {
  const { payload = {}, page = 1, auth = {}, audienceSettings = {} } = body
  return { settings, payload, page, auth, audienceSettings }
}
