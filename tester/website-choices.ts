/** What a visitor of the website has chosen. */
export interface Choices {
  mode: 'cloud' | 'hybrid' | 'device'
  isAnonymousTracked: boolean
  /** If false, the form of the settings does not exist. */
  hasForm: boolean
}

/** @param writeKey as the website makes it, for example `hybrid.anonymous.form`: analytics.js sends it with everything */
export function choicesIn(writeKey: string): Choices {
  const [mode, ...others] = writeKey.split('.')
  return {
    mode: mode === 'cloud' || mode === 'device' ? mode : 'hybrid',
    isAnonymousTracked: others.includes('anonymous'),
    hasForm: others.includes('form')
  }
}
