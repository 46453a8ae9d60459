/*
 * Stands in for the parts of Marketo's Forms 2.0 that a hidden form needs, from what is known about it: the form comes by JSONP, a
 * hidden frame of Marketo's host sends submissions, added fields stay, and a refused submission triggers no callback.
 */
;(function () {
  if (window.MktoForms2) return
  const referrer = location.href
  const mktTok = new URLSearchParams(location.search).get('mkt_tok') ?? ''
  const forms = []
  const readyHandlers = []
  /** By base URL: settles with the frame's way of sending. */
  const frames = new Map()

  function jsonp(url) {
    return new Promise((resolve) => {
      const callback = `mktoCallback${Date.now()}${Math.floor(Math.random() * 1e6)}`
      const script = document.createElement('script')
      window[callback] = (answer) => {
        delete window[callback]
        script.remove()
        resolve(answer)
      }
      script.src = `${url}&callback=${callback}`
      document.head.append(script)
    })
  }

  function frameOf(base) {
    if (!frames.has(base)) frames.set(base, openFrame(base))
    return frames.get(base)
  }

  /** The frame is made once. Its window stays the one that it had then, and any answer from its origin counts. */
  function openFrame(base) {
    return new Promise((resolve) => {
      const frame = document.createElement('iframe')
      const { origin: ours } = new URL(base, location.href)
      const answers = []
      frame.style.display = 'none'
      frame.src = `${base}/index.php/form/XDFrame`
      document.body.append(frame)
      const { contentWindow } = frame
      window.addEventListener('message', ({ data, origin }) => {
        if (origin !== ours || typeof data !== 'string') return
        const { mktoReady, mktoResponse } = JSON.parse(data)
        if (mktoReady) resolve(send)
        if (mktoResponse) answers[mktoResponse.for]?.(mktoResponse)
      })
      function send(ajaxParams) {
        const id = answers.length
        contentWindow.postMessage(JSON.stringify({ mktoRequest: { id, ajaxParams } }), '*')
        return new Promise((answered) => answers.push(answered))
      }
    })
  }

  async function checksumOf(values) {
    const bytes = new TextEncoder().encode(values.join('|'))
    const hash = await crypto.subtle.digest('SHA-256', bytes)
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  function createForm(base, descriptor) {
    const element = document.getElementById(`mktoForm_${descriptor.Id}`) ?? document.createElement('form')
    const successHandlers = []
    const submitHandlers = []
    const validateHandlers = []
    let isSubmittable = true
    const frame = frameOf(base)
    addHiddenFields({ formid: descriptor.Id, munchkinId: descriptor.munchkinId })

    function addHiddenFields(values) {
      for (const [name, value] of Object.entries(values)) {
        const input = [...element.elements].find((field) => field.name === name) ?? document.createElement('input')
        Object.assign(input, { type: 'hidden', name, value: value ?? '' })
        element.append(input)
      }
    }

    const fields = () => [...element.elements].filter(({ name }) => name && !['formid', 'munchkinId'].includes(name))
    const vals = () => Object.fromEntries(fields().map(({ name, value }) => [name, value]))
    const validate = () => {
      validateHandlers.forEach((handle) => handle(isSubmittable))
      return isSubmittable && (descriptor.required ?? []).every((name) => vals()[name])
    }

    async function submit() {
      if (!validate()) return
      submitHandlers.forEach((handle) => handle(form))
      if (!isSubmittable) return
      window.Munchkin?.createTrackingCookie(true)
      const values = vals()
      const names = Object.keys(values).slice(0, 20)
      const cookie = /(?:^|; )_mkto_trk=([^;]*)/.exec(document.cookie)?.[1] ?? ''
      const body = new URLSearchParams({
        // A field of the form with one of these two names wins.
        _mkt_trk: decoded(cookie),
        mkt_tok: mktTok,
        ...values,
        formid: descriptor.Id,
        munchkinId: descriptor.munchkinId,
        formVid: descriptor.Vid,
        _mktoReferrer: referrer,
        checksumFields: names.join(','),
        checksum: await checksumOf(names.map((name) => values[name]))
      })
      const send = await frame
      const url = `${base}/index.php/leadCapture/save2`
      const { error, data } = await send({ type: 'POST', url, data: body.toString(), dataType: 'json' })
      if (error) return
      const stays = successHandlers.map((handle) => handle(values, data.followUpUrl)).includes(false)
      if (!stays) location.search = `?aliId=${data.aliId}`
    }

    const on = (handlers) => (handle) => {
      handlers.push(handle)
      return form
    }
    const form = {
      getId: () => descriptor.Id,
      getFormElem: () => [element],
      addHiddenFields: (values) => {
        form.setValues(values)
        return form
      },
      setValues: addHiddenFields,
      vals: (values) => (values ? form.setValues(values) : vals()),
      getValues: vals,
      validate,
      submittable: (canSubmit) => {
        if (canSubmit === undefined) return isSubmittable
        isSubmittable = canSubmit
        return form
      },
      submitable: (canSubmit) => form.submittable(canSubmit),
      submit: () => {
        void submit()
        return form
      },
      onSubmit: on(submitHandlers),
      onValidate: on(validateHandlers),
      onSuccess: on(successHandlers)
    }
    return form
  }

  async function loadForm(base, munchkinId, formId, callback) {
    const query = new URLSearchParams({ munchkinId, form: formId, url: location.href.split('?')[0] })
    const descriptor = await jsonp(`${base}/index.php/form/getForm?${query}`)
    if (descriptor.error) return callback?.(null)
    const form = createForm(base, descriptor)
    forms.push(form)
    callback?.(form)
    readyHandlers.forEach((handle) => handle(form))
  }

  window.MktoForms2 = {
    loadForm,
    whenReady: (handle) => {
      readyHandlers.push(handle)
      forms.forEach((form) => handle(form))
    },
    getForm: (id) => forms.find((form) => form.getId() === id),
    allForms: () => [...forms]
  }
})()
