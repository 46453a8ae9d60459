/* What a website does with analytics.js. */
{
  const { received, warnings } = window.website
  const status = document.getElementById('status')
  let last = received.start()

  /** One after the other, so that each event is told what came of it. */
  function send(what, method, ...given) {
    last = last.then(async () => {
      status.textContent = `${what} ...`
      const { event } = await window.analytics[method](...given)
      status.textContent = await received.tell(what, method, event.messageId)
    })
  }

  function showWarning(text) {
    document.getElementById('warnings').append(Object.assign(document.createElement('li'), { textContent: text }))
  }
  warnings.forEach(showWarning)
  window.website.onWarning = showWarning

  const page = () => send('Page', 'page', '', { url: location.href })
  window.analytics.push(['ready', page])
  document.getElementById('page').addEventListener('click', page)
  document.getElementById('sign-up').addEventListener('submit', (event) => {
    event.preventDefault()
    const traits = Object.fromEntries(new FormData(event.target))
    send('Identify', 'identify', `user-${traits.email}`, traits)
  })
  document.getElementById('order').addEventListener('click', () => {
    send('Track', 'track', 'Order Completed', { order_id: `order-${Date.now()}`, total: 99.5 })
  })
  document.getElementById('sign-out').addEventListener('click', () => {
    window.analytics.reset()
    status.textContent = 'Signed out: the next event is that of a new visitor.'
  })
}
