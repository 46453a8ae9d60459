import type { AudienceDestinationDefinition, DestinationDefinition, GlobalSetting } from '@segment/actions-core'

type WithAudiences<Settings> = Pick<AudienceDestinationDefinition<Settings>, 'audienceConfig' | 'audienceFields'>

/** How a destination keeps audiences, if it does. */
export function audienceConfigOf<Settings>(
  definition: DestinationDefinition<Settings> & Partial<WithAudiences<Settings>>
): WithAudiences<Settings>['audienceConfig'] | undefined {
  return definition.audienceConfig
}

/** What a person enters for an audience. */
export function audienceFieldsOf<Settings>(
  definition: DestinationDefinition<Settings> & Partial<WithAudiences<Settings>>
): Record<string, GlobalSetting> {
  return definition.audienceFields ?? {}
}
