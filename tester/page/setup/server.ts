import type { Finding } from '../../../setup-check/finding'
import type { Mapping, Value } from '../shared/manifest'
import { call, type Settings } from '../shared/server'

/** Compares mappings with what is set up in Marketo. @throws Error with a message for people */
export const checkSetup = async (settings: Settings, mappings: object[]) =>
  (await call<{ findings: Finding[] }>('POST', 'check-setup', { settings, mappings })).answer.findings

export type { Finding }

interface Saved {
  successMessage?: string
  savedData?: { [output: string]: Value }
  error?: { message: string }
}

/** Saves a mapping with the inputs of its hook. @returns what it keeps, and what was done. @throws Error that says why it was not done */
export async function saveMapping(action: string, settings: Settings, payload: Mapping, hookInputs: Mapping) {
  const body = { settings, payload, hookInputs }
  const {
    error,
    savedData = {},
    successMessage = ''
  } = (await call<Saved>('POST', `${action}/hooks/onMappingSave`, body)).answer
  if (error) throw new Error(error.message)
  return { savedData, words: successMessage }
}
