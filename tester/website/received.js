/* What Marketo got, and why it got nothing. */
window.website.received = (() => {
  const { chosen, warnings, isOptedOut } = window.website
  const list = document.getElementById('received')
  const SHOWN = 12

  async function get(path) {
    const response = await fetch(path)
    return response.json()
  }

  /** What the sandbox's Marketo has, as sentences, newest first. */
  function sentencesOf({ leads, visits, activities }) {
    const emails = new Map(leads.map(({ id, fields }) => [id, fields.email]))
    const whose = (leadId) => (leadId === null ? 'an anonymous visitor' : emails.get(leadId) ?? `lead ${leadId}`)
    return [
      ...visits.map(({ leadId, url }) => `Visit of ${url} by ${whose(leadId)}`),
      ...activities.map(({ leadId, activityTypeName, primaryAttributeValue }) => {
        const what = activityTypeName === 'Fill Out Form' ? 'Form filled out' : activityTypeName
        return `${what} (${primaryAttributeValue}) by ${whose(leadId)}`
      }),
      ...leads.map(({ id, fields }) => `Lead ${id}: ${JSON.stringify(fields)}`)
    ]
  }

  function show(sentences) {
    const items = sentences.map((sentence) => Object.assign(document.createElement('li'), { textContent: sentence }))
    list.replaceChildren(...items)
  }

  /** @returns what is new; it waits a while if nothing is */
  async function since(before, ms = 3_000) {
    const end = Date.now() + ms
    for (;;) {
      const now = sentencesOf(await get('/sandbox/state'))
      const left = [...before]
      const added = now.filter((sentence) => {
        const i = left.indexOf(sentence)
        if (i >= 0) left.splice(i, 1)
        return i < 0
      })
      if (added.length > 0 || Date.now() > end) return added
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }

  const IN_CLOUD = { track: chosen.mode !== 'device', page: chosen.mode === 'cloud', identify: chosen.mode === 'cloud' }

  /** @param method of analytics.js */
  async function reason(method, messageId) {
    if (!chosen.consent) return 'the visitor has not given consent.'
    if (method === 'track' && chosen.mode === 'device')
      return 'device mode sends no Track events. Choose hybrid for them.'
    if (IN_CLOUD[method]) {
      const outcomes = await get('/website/delivered')
      const { error } = outcomes.find((outcome) => outcome.messageId === messageId) ?? {}
      return error ?? 'nothing has changed in Marketo.'
    }
    if (isOptedOut()) return 'the visitor has opted out.'
    if (!chosen.anonymous && !window.analytics.user().id()) {
      return 'Track Anonymous Activity is off, and the visitor has no User ID yet.'
    }
    const about = method === 'page' ? 'Page events' : 'Identify events'
    const told = warnings.find((text) => text.startsWith(about) || text.startsWith('Nothing is sent'))
    return told ?? 'nothing has changed since the last submission of this visitor.'
  }

  let before = []
  return {
    /** Remembers what Marketo has already. */
    start: async () => {
      before = sentencesOf(await get('/sandbox/state'))
    },
    /** @returns a sentence about what Marketo got because of an event */
    tell: async (what, method, messageId) => {
      const added = await since(before)
      before = [...before, ...added]
      if (added.length === 0) return `${what}: nothing was sent, because ${await reason(method, messageId)}`
      show([...added, ...[...list.children].map(({ textContent }) => textContent)].slice(0, SHOWN))
      return `${what}: Marketo got it.`
    }
  }
})()
