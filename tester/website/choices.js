/* What the visitor has chosen, and the start of analytics.js with it. */
window.website = (() => {
  const KEY = 'website-choices'
  const OPT_OUT = 'mkto_opt_out'
  const form = document.getElementById('choices')
  const chosen = { mode: 'hybrid', anonymous: true, form: true, consent: true, ...stored() }
  const warnings = []

  function stored() {
    try {
      return JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    } catch {
      return {}
    }
  }

  const isOptedOut = () => document.cookie.split('; ').some((cookie) => cookie.startsWith(`${OPT_OUT}=`))

  // The tester's own choice of colors.
  const theme = JSON.parse(window.localStorage.getItem('actions-tester:theme') ?? 'null')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme

  form.elements.mode.value = chosen.mode
  for (const name of ['anonymous', 'form', 'consent']) form.elements[name].checked = chosen[name]
  form.elements.optOut.checked = isOptedOut()
  form.addEventListener('change', () => {
    const { mode, anonymous, form: hasForm, consent, optOut } = form.elements
    const next = { mode: mode.value, anonymous: anonymous.checked, form: hasForm.checked, consent: consent.checked }
    window.localStorage.setItem(KEY, JSON.stringify(next))
    document.cookie = `${OPT_OUT}=id:true; path=/; max-age=${optOut.checked ? 63_072_000 : 0}`
    location.reload()
  })

  // The sandbox plays Munchkin's host. In a real page, the script comes from there.
  const src = Object.getOwnPropertyDescriptor(window.HTMLScriptElement.prototype, 'src')
  Object.defineProperty(window.HTMLScriptElement.prototype, 'src', {
    ...src,
    set(url) {
      src.set.call(this, String(url).replace('https://munchkin.marketo.net', location.origin))
    }
  })

  const warn = console.warn.bind(console)
  console.warn = (...given) => {
    warn(...given)
    const [, text] = /^Marketo V2 Web \(Actions\): (.*)/.exec(String(given[0])) ?? []
    if (text) {
      warnings.push(text)
      window.website.onWarning(text)
    }
  }

  window.analytics = Object.assign([], {
    _writeKey: [chosen.mode, chosen.anonymous && 'anonymous', chosen.form && 'form'].filter(Boolean).join('.'),
    _cdn: location.origin,
    _loadOptions: chosen.consent ? {} : { integrations: { All: false, 'Segment.io': true } }
  })
  return { chosen, warnings, isOptedOut, onWarning: () => undefined }
})()
