/* What a website does with analytics.js. */
const status = document.getElementById('status')

async function send(what, method, ...given) {
  await window.analytics[method](...given)
  status.textContent = `${what} sent.`
}

window.analytics.push(['ready', () => void window.analytics.page()])

document.getElementById('sign-up').addEventListener('submit', (event) => {
  event.preventDefault()
  const traits = Object.fromEntries(new FormData(event.target))
  void send('Identify', 'identify', `user-${traits.email}`, traits)
})
document.getElementById('order').addEventListener('click', () => {
  void send('Track', 'track', 'Order Completed', { order_id: `order-${Date.now()}`, total: 99.5 })
})
document.getElementById('sign-out').addEventListener('click', () => {
  window.analytics.reset()
  status.textContent = 'Signed out: a new visitor.'
})
