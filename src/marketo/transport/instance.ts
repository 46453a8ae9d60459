import { parseMunchkinId } from './munchkin-id'
import { MarketoError } from './outcome'

/**
 * A Munchkin Account ID becomes a host name, so only its exact form is accepted. Otherwise credentials could go to
 * another host.
 * @param munchkinId the setting, in any case, with or without spaces around it
 * @returns the ID in upper case, as in `123-ABC-456`
 * @throws MarketoError (400) if it has another form
 */
export function munchkinIdOf(munchkinId: string | undefined): string {
  const id = parseMunchkinId(munchkinId)
  if (id !== undefined) return id
  throw new MarketoError({
    status: 400,
    message:
      'Setting "Munchkin Account ID" must look like 123-ABC-456. Copy it from Admin > Munchkin in Marketo, without a URL around it.'
  })
}

export const restHost = (munchkinId: string): string => `https://${munchkinId.toLowerCase()}.mktorest.com`
export const trackingHost = (munchkinId: string): string => `https://${munchkinId.toLowerCase()}.mktoresp.com`
