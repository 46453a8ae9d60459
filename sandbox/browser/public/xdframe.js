/* Stands in for Marketo's XDFrame, which sends the page's requests from Marketo's own host. */
window.addEventListener('message', async ({ data, source }) => {
  const { id, ajaxParams } = JSON.parse(data).mktoRequest
  const answer = (response) => source.postMessage(JSON.stringify({ mktoResponse: { for: id, ...response } }), '*')
  try {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const response = await fetch(ajaxParams.url, { method: ajaxParams.type, headers, body: ajaxParams.data })
    const body = await response.json()
    answer({ error: body.error === true, data: body })
  } catch (error) {
    answer({ error: true, data: { message: String(error) } })
  }
})
window.parent.postMessage(JSON.stringify({ mktoReady: true }), '*')
